/// One step of each optimiser over `count` parameters x and their gradient: the C functions of one number type.
/// g is gradient + decay · x, η the rate, and v, s, m the moments. Nothing is checked; the methods of
/// `MutableVectorView` in `Optimisers.swift` are the checked callers.
public protocol _OptimiserScalar {
    /// x ← x − η g.
    static func _optimiseSGD(
        _ x: UnsafeMutablePointer<Self>, _ gradient: UnsafePointer<Self>, _ count: Int,
        _ rate: Self, _ decay: Self
    )

    /// v ← momentum · v + g,  x ← x − η (own · g + carried · v), with v in `velocity`.
    static func _optimiseMomentum(
        _ x: UnsafeMutablePointer<Self>, _ gradient: UnsafePointer<Self>,
        _ velocity: UnsafeMutablePointer<Self>, _ count: Int, _ rate: Self, _ decay: Self,
        _ momentum: Self, _ own: Self, _ carried: Self
    )

    /// s ← s + g²,  x ← x − η g / (√s + ε), with s in `square`.
    static func _optimiseAdagrad(
        _ x: UnsafeMutablePointer<Self>, _ gradient: UnsafePointer<Self>,
        _ square: UnsafeMutablePointer<Self>, _ count: Int, _ rate: Self, _ decay: Self,
        _ epsilon: Self
    )

    /// s ← kept · s + added · g²,  x ← x − η g / (√s + ε), with s in `square`.
    static func _optimiseRMSProp(
        _ x: UnsafeMutablePointer<Self>, _ gradient: UnsafePointer<Self>,
        _ square: UnsafeMutablePointer<Self>, _ count: Int, _ rate: Self, _ decay: Self,
        _ kept: Self, _ added: Self, _ epsilon: Self
    )

    /// s ← kept · s + added · g²,  v ← momentum · v + g / (√s + ε),  x ← x − η v.
    static func _optimiseRMSPropMomentum(
        _ x: UnsafeMutablePointer<Self>, _ gradient: UnsafePointer<Self>,
        _ square: UnsafeMutablePointer<Self>, _ velocity: UnsafeMutablePointer<Self>,
        _ count: Int, _ rate: Self, _ decay: Self, _ kept: Self, _ added: Self, _ epsilon: Self,
        _ momentum: Self
    )

    /// m ← m + meanAdded (g − m),  s ← kept · s + added · g²,  x ← shrink · x − η m / (√s · scale + ε), with m in
    /// `mean` and s in `square`.
    static func _optimiseAdam(
        _ x: UnsafeMutablePointer<Self>, _ gradient: UnsafePointer<Self>,
        _ mean: UnsafeMutablePointer<Self>, _ square: UnsafeMutablePointer<Self>, _ count: Int,
        _ rate: Self, _ decay: Self, _ shrink: Self, _ meanAdded: Self, _ kept: Self,
        _ added: Self, _ scale: Self, _ epsilon: Self
    )
}
