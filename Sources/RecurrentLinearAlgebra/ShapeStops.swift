// The ends of those checks of shapes that every timestep makes, out of line and with their numbers alone: a check that
// holds costs a comparison, and does not keep its caller from being inlined.

@inline(never)
func stop(index: Int, below count: Int, _ what: StaticString) -> Never {
    unreachable("\(what) \(index) is outside 0..<\(count)")
}

@inline(never)
func stop(range: Range<Int>, within count: Int, _ what: StaticString) -> Never {
    unreachable("\(what) \(range) are outside 0..<\(count)")
}

@inline(never)
func stop(stride: Int, holds columns: Int) -> Never {
    unreachable("a leading dimension of \(stride) does not hold \(columns) columns")
}

@inline(never)
func stop(shape left: (Int, Int), _ right: (Int, Int), _ operation: StaticString) -> Never {
    unreachable("\(operation): \(left.0) × \(left.1) does not match \(right.0) × \(right.1)")
}

@inline(never)
func stop(count left: Int, _ right: Int, _ operation: StaticString) -> Never {
    unreachable("\(operation): \(left) elements do not match \(right)")
}

@inline(never)
func stop(dimension: Int) -> Never {
    unreachable("BLAS takes dimensions up to 2³¹ − 1, not \(dimension)")
}

@inline(never)
func stop(tight stride: Int, _ columns: Int) -> Never {
    unreachable("rows of \(columns) columns stand \(stride) apart, not tight")
}

@inline(never)
func stopTransposed() -> Never { unreachable("a transposed view serves in products only") }

@inline(never)
func stop(product a: (Int, Int), _ b: (Int, Int), _ c: (Int, Int)) -> Never {
    unreachable("product: (\(a.0) × \(a.1)) · (\(b.0) × \(b.1)) does not give (\(c.0) × \(c.1))")
}
