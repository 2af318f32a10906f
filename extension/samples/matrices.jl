# Put the cursor in an expression and press Alt+= (Ctrl+= on a Mac).
A = [4 1 0; 1 3 1; 0 1 2]

A * [1, 2, 3]

inv(A)
