// What the functions of the formula language are called in full and take: one line each, `name(parameters): title`.

const TEXT = `
abs(x): absolute value, entry by entry
adj(A): adjugate, the transposed matrix of cofactors
adjoint(A): conjugate transpose
all(x): whether no entry is zero
allclose(A, B): whether two arrays agree within 1e-5 relative and 1e-8 absolute
any(x): whether some entry is not zero
arccos(x): inverse cosine
arccot(x): inverse cotangent
arccsc(x): inverse cosecant
arcosh(x): inverse hyperbolic cosine
arcoth(x): inverse hyperbolic cotangent
arcsch(x): inverse hyperbolic cosecant
arcsec(x): inverse secant
arcsin(x): inverse sine
arctan(x): inverse tangent
arg(z): argument of a complex number
argmax(x): place of the greatest entry
argmin(x): place of the least entry
argsort(x): places of the entries in rising order
array_equal(A, B): whether two arrays have the same shape and entries
arsech(x): inverse hyperbolic secant
arsinh(x): inverse hyperbolic sine
artanh(x): inverse hyperbolic tangent
atan2(y, x): angle of the point (x, y)
besselj(n, x): Bessel function of the first kind
beta(a, b): beta function
binom(n, k): binomial coefficient
block_diag(A, B): matrix with the given blocks on its diagonal
c(a, b): one vector of all arguments
cbind(a, b): columns side by side
cbrt(x): real cube root
ceil(x): least whole number not below
charpoly(A): coefficients of the characteristic polynomial, highest first
cholesky(A): Cholesky factor of a positive definite matrix
circulant(v): circulant matrix of its first column
clip(x, low, high): entries limited to an interval
coladd(A, i, j, k): k times column j added to column i
colscale(A, i, k): column i times k
colswap(A, i, j): two columns exchanged
column_stack(a, b): vectors as the columns of a matrix
companion(p): companion matrix of a polynomial, coefficients highest first
concatenate(a, b): arrays joined along an axis
cond(A): condition number, greatest by least singular value
conj(z): complex conjugate
convolve(a, b): discrete convolution
cos(x): cosine
cosh(x): hyperbolic cosine
cosine_similarity(a, b): cosine of the angle between two vectors
cot(x): cotangent
coth(x): hyperbolic cotangent
count_nonzero(x): number of entries that are not zero
cov(X): covariance matrix
cross(a, b): cross product of two vectors of three
crossprod(A, B): Aᵀ B
csc(x): cosecant
csch(x): hyperbolic cosecant
cumprod(x): running products
cumsum(x): running sums
degrees(x): radians in degrees
det(A): determinant
diag(v): diagonal matrix of a vector, or the diagonal of a matrix
diff(x): differences of neighbouring entries
digamma(x): derivative of the logarithm of the gamma function
dim(x): shape
dot(a, b): dot product
doublefactorial(n): n (n − 2) (n − 4) ...
dstack(A, B): arrays behind each other
eig(A): eigenvalues and eigenvectors
eigenvalues(A): eigenvalues with multiplicity
eigenvectors(A): eigenvectors as columns
eigvalsh(A): eigenvalues of a symmetric or Hermitian matrix in rising order
erf(x): error function
erfc(x): complementary error function
exp(x): exponential; of a square matrix the matrix exponential
expand_dims(x, axis): one more axis of length 1
expm(A): matrix exponential
expm1(x): exp(x) − 1 without cancellation
eye(n): identity matrix
factorial(n): product of the numbers from 1 to n
fibonacci(n): Fibonacci number
flatten(A): all entries in one vector
flip(x, axis): entries in reverse order
fliplr(A): columns in reverse order
flipud(A): rows in reverse order
floor(x): greatest whole number not above
frac(x): fractional part x − floor(x)
frac_part(x): fractional part with the sign of x
full(m, n, value): array of one value
full_like(A, value): array of one value in the shape of another
gamma(x): gamma function
gcd(a, b): greatest common divisor
gelu(x): Gaussian error linear unit
geomspace(a, b, n): n numbers from a to b with equal ratios
hadamard(A, B): entrywise product
hankel(c, r): matrix constant along its antidiagonals
heaviside(x): 0 below zero, 1 above
hess(A): upper Hessenberg form
hilbert(n): Hilbert matrix with entries 1 / (i + j − 1)
hstack(A, B): arrays side by side
hypot(x, y): square root of x² + y²
if(condition, a, b): the one or the other
im(z): imaginary part
indicator(condition): 1 where the condition holds, otherwise 0
inner(a, b): inner product, the first argument conjugated
intersection(A, B): what is in both
inv(A): inverse
isclose(a, b): entrywise agreement within 1e-5 relative and 1e-8 absolute
isempty(x): whether there are no entries
isfinite(x): entrywise, whether neither infinite nor NaN
isinf(x): entrywise, whether infinite
isnan(x): entrywise, whether NaN
isprime(n): whether a whole number is prime
isqrt(n): whole square root, rounded down
kron(A, B): Kronecker product
kronsum(A, B): Kronecker sum A ⊗ I + I ⊗ B
lambdamax(A): greatest eigenvalue
lambdamin(A): least eigenvalue
lcm(a, b): least common multiple
len(x): length of the first axis
lgamma(x): logarithm of the absolute gamma function
linspace(a, b, n): n equally spaced numbers from a to b
ln(x): natural logarithm
log(x, base): logarithm
log10(x): logarithm to base 10
log1p(x): ln(1 + x) without cancellation
log2(x): logarithm to base 2
log_softmax(x): logarithm of the softmax
logaddexp(x, y): ln(exp(x) + exp(y)) without overflow
logdet(A): logarithm of the absolute determinant
logm(A): matrix logarithm
logspace(a, b, n): n numbers from 10^a to 10^b with equal ratios
logsumexp(x): logarithm of the sum of exponentials, without overflow
lu(A): LU factorisation with row exchanges
magic(n): magic square
matrix(rows): matrix of its rows
matrix_power(A, n): power of a square matrix
max(x): greatest entry
maximum(a, b): entrywise the greater
mean(x): arithmetic mean
median(x): middle of the entries in order
meshgrid(x, y): coordinates of a grid
min(x): least entry
minimum(a, b): entrywise the less
mod(a, n): remainder with the sign of n
mode(x): most frequent entry
msign(A): matrix sign U Vᵀ of the singular value decomposition
multi_dot(A, B, C): product of several matrices
ncol(A): number of columns
ndim(x): number of axes
nonzero(x): places of the entries that are not zero
norm(A, kind): norm; 2 for vectors, Frobenius by default for matrices where the notation says so
npdot(a, b): product as NumPy's dot
nrow(A): number of rows
null(A): basis of the null space as columns
numel(x): number of entries
ones(m, n): matrix of ones
ones_like(A): ones in the shape of an array
orth(A): orthonormal basis of the column space
outer(a, b): outer product
pascal(n): Pascal matrix of binomial coefficients
perm(n, k): number of arrangements of k out of n
permute(A, axes): axes in another order
pinv(A): Moore-Penrose pseudo-inverse
polyval(p, x): value of a polynomial, coefficients highest first
primes(n): primes up to n
prod(x): product of all entries
ptp(x): greatest less least entry
qr(A): QR factorisation
quantile(x, p): value below which the share p of the entries lies
quotient(a, b): whole part of a / b
rad2deg(x): radians in degrees
rank(A): number of singular values above rounding
rbind(a, b): rows below each other
rcond(A): reciprocal of the condition number
re(z): real part
reciprocal(x): 1 / x, entry by entry
relu(x): entries below zero become zero
rem(a, n): remainder with the sign of a
repeat(x, n): every entry n times
reshape(A, m, n): the same entries in another shape
roll(x, k): entries shifted around by k places
root(x, n): n-th root
rot90(A, k): quarter turns against the clock
round(x): nearest whole number
rowadd(A, i, j, k): k times row j added to row i
rowscale(A, i, k): row i times k
rowswap(A, i, j): two rows exchanged
rref(A): reduced row echelon form
rsqrt(x): 1 / sqrt(x)
schur(A): Schur decomposition
sec(x): secant
sech(x): hyperbolic secant
setdifference(A, B): what is in A and not in B
shape(x): lengths of the axes
sigmamax(A): greatest singular value
sigmamin(A): least singular value
sigmoid(x): 1 / (1 + exp(-x))
sign(x): −1, 0 or 1
silu(x): x times its sigmoid
sin(x): sine
sinc(x): sin(πx) / (πx)
singularvalues(A): singular values in falling order
sinh(x): hyperbolic sine
slogdet(A): sign and logarithm of the determinant
softmax(x): exponentials divided by their sum
softplus(x): ln(1 + exp(x))
solve(A, b): solution of A x = b
sort(x): entries in rising order
spectralradius(A): greatest absolute eigenvalue
sqrt(x): square root
sqrtm(A): principal square root of a matrix
square(x): square, entry by entry
squeeze(x): without axes of length 1
stack(A, B): arrays along a new axis
std(x): standard deviation
sum(x): sum of all entries
svd(A): singular value decomposition
swapaxes(A, i, j): two axes exchanged
tan(x): tangent
tanh(x): hyperbolic tangent
tile(A, m, n): copies side by side and below each other
toeplitz(c, r): matrix constant along its diagonals
totient(n): Euler's totient
tr(A): trace
transpose(A): rows as columns
trapezoid(y, x): integral by the trapezoidal rule
tril(A, k): lower triangle
triu(A, k): upper triangle
trunc(x): whole part towards zero
union(A, B): what is in either
unique(x): distinct entries in order
vander(x, n): Vandermonde matrix
var(x): variance
vec(A): columns on top of each other
vstack(A, B): arrays below each other
where(condition, a, b): entrywise the one or the other
zeros(m, n): matrix of zeros
zeros_like(A): zeros in the shape of an array
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
