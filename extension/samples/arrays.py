# Select an expression, or put the cursor in it, and press Alt+= (Ctrl+= on a Mac). Nothing is run: Scholium reads literals only.
import numpy as np

A = np.array([[4.0, 1.0, 0.0], [1.0, 3.0, 1.0], [0.0, 1.0, 2.0]])

product = np.array([[1,2],[3,4]]) @ np.array([[5],[6]])

inverse = np.linalg.inv(A)

# Printed arrays are read as well:
# array([[ 0.5, -1.5],
#        [ 2. ,  0. ]])
