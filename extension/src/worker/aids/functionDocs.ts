// What the functions of the formula language are called in full and take: one line each, `name(parameters): title`.

const TEXT = `
abs(x): absolute value, entry by entry
adj(A): adjugate, the transposed matrix of cofactors
adjoint(A): conjugate transpose
allclose(A, B): whether two arrays agree within 1e-5 relative and 1e-8 absolute
arccos(x): inverse cosine
arcsin(x): inverse sine
arctan(x): inverse tangent
arg(z): argument of a complex number
argmax(x): place of the greatest entry
argmin(x): place of the least entry
block_diag(A, B): matrix with the given blocks on its diagonal
ceil(x): least whole number not below
charpoly(A): coefficients of the characteristic polynomial, highest first
cholesky(A): Cholesky factor of a positive definite matrix
clip(x, low, high): entries limited to an interval
cond(A): condition number, greatest by least singular value
convolve(a, b): discrete convolution
cos(x): cosine
cosine_similarity(a, b): cosine of the angle between two vectors
cov(X): covariance matrix
cross(a, b): cross product of two vectors of three
cumsum(x): running sums
det(A): determinant
diag(v): diagonal matrix of a vector, or the diagonal of a matrix
dot(a, b): dot product
eig(A): eigenvalues and eigenvectors
eigenvalues(A): eigenvalues with multiplicity
eigenvectors(A): eigenvectors as columns
erf(x): error function
exp(x): exponential; of a square matrix the matrix exponential
expm(A): matrix exponential
eye(n): identity matrix
flatten(A): all entries in one vector
floor(x): greatest whole number not above
gamma(x): gamma function
gcd(a, b): greatest common divisor
gelu(x): Gaussian error linear unit
hess(A): upper Hessenberg form
inner(a, b): inner product, the first argument conjugated
inv(A): inverse
isprime(n): whether a whole number is prime
kron(A, B): Kronecker product
kronsum(A, B): Kronecker sum A ⊗ I + I ⊗ B
lambdamax(A): greatest eigenvalue
lambdamin(A): least eigenvalue
lcm(a, b): least common multiple
ln(x): natural logarithm
log(x, base): logarithm
log10(x): logarithm to base 10
log2(x): logarithm to base 2
logdet(A): logarithm of the absolute determinant
logm(A): matrix logarithm
lu(A): LU factorisation with row exchanges
magic(n): magic square
matrix_power(A, n): power of a square matrix
max(x): greatest entry
mean(x): arithmetic mean
median(x): median
min(x): least entry
msign(A): matrix sign U Vᵀ of the singular value decomposition
norm(A, kind): norm; 2 for vectors, Frobenius by default for matrices where the notation says so
null(A): basis of the null space as columns
ones(m, n): matrix of ones
orth(A): orthonormal basis of the column space
outer(a, b): outer product
pinv(A): Moore-Penrose pseudo-inverse
polyval(p, x): value of a polynomial, coefficients highest first
prod(x): product of all entries
qr(A): QR factorisation
quantile(x, p): quantile
rank(A): number of singular values above rounding
relu(x): entries below zero become zero
reshape(A, m, n): the same entries in another shape
root(x, n): n-th root
round(x): nearest whole number
rref(A): reduced row echelon form
schur(A): Schur decomposition
sigmamax(A): greatest singular value
sigmamin(A): least singular value
sigmoid(x): 1 / (1 + exp(-x))
sign(x): sign
silu(x): x times its sigmoid
sin(x): sine
singularvalues(A): singular values in falling order
slogdet(A): sign and logarithm of the determinant
softmax(x): exponentials divided by their sum
solve(A, b): solution of A x = b
spectralradius(A): greatest absolute eigenvalue
sqrt(x): square root
sqrtm(A): principal square root of a matrix
std(x): standard deviation
sum(x): sum of all entries
svd(A): singular value decomposition
tan(x): tangent
tanh(x): hyperbolic tangent
tile(A, m, n): copies side by side and below each other
tr(A): trace
transpose(A): transpose
trapezoid(y, x): integral by the trapezoidal rule
unique(x): distinct entries in order
var(x): variance
vec(A): columns on top of each other
zeros(m, n): matrix of zeros
zeta(s): Riemann zeta function
`;

export interface Described {
  readonly parameters: readonly string[];
  readonly title: string;
  readonly example?: string;
}

export const described: ReadonlyMap<string, Described> = new Map(
  TEXT.trim()
    .split("\n")
    .map((line): [string, Described] => {
      const [, name = "", parameters = "", title = ""] = /^(\w+)\(([^)]*)\): (.*)$/.exec(line) ?? [];
      return [name, { parameters: parameters.split(", ").filter(Boolean), title }];
    }),
);
