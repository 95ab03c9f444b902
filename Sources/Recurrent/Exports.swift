// `import Recurrent` alone is enough to name a `Matrix` and to read a file.
@_exported import RecurrentFormats
@_exported import RecurrentLinearAlgebra
