/// One step of every optimiser over a stretch of tight memory: the C functions of one number type.
/// CRecurrentKernels.h says what each computes. The methods of `MutableVectorView` are the checked faces; call those.
public protocol OptimiserScalar {
    static func optimiseSGD(
        _ x: UnsafeMutablePointer<Self>, _ gradient: UnsafePointer<Self>, _ count: Int,
        _ rate: Self, _ decay: Self
    )
    static func optimiseMomentum(
        _ x: UnsafeMutablePointer<Self>, _ gradient: UnsafePointer<Self>,
        _ velocity: UnsafeMutablePointer<Self>, _ count: Int, _ rate: Self, _ decay: Self,
        _ momentum: Self, _ own: Self, _ carried: Self
    )
    static func optimiseAdagrad(
        _ x: UnsafeMutablePointer<Self>, _ gradient: UnsafePointer<Self>,
        _ square: UnsafeMutablePointer<Self>, _ count: Int, _ rate: Self, _ decay: Self,
        _ epsilon: Self
    )
    static func optimiseRMSProp(
        _ x: UnsafeMutablePointer<Self>, _ gradient: UnsafePointer<Self>,
        _ square: UnsafeMutablePointer<Self>, _ count: Int, _ rate: Self, _ decay: Self,
        _ kept: Self, _ added: Self, _ epsilon: Self
    )
    static func optimiseRMSPropMomentum(
        _ x: UnsafeMutablePointer<Self>, _ gradient: UnsafePointer<Self>,
        _ square: UnsafeMutablePointer<Self>, _ velocity: UnsafeMutablePointer<Self>,
        _ count: Int, _ rate: Self, _ decay: Self, _ kept: Self, _ added: Self, _ epsilon: Self,
        _ momentum: Self
    )
    static func optimiseAdam(
        _ x: UnsafeMutablePointer<Self>, _ gradient: UnsafePointer<Self>,
        _ mean: UnsafeMutablePointer<Self>, _ square: UnsafeMutablePointer<Self>, _ count: Int,
        _ rate: Self, _ decay: Self, _ shrink: Self, _ meanAdded: Self, _ kept: Self,
        _ added: Self, _ scale: Self, _ epsilon: Self
    )
}
