internal import CRecurrentKernels

extension Float: _OptimiserScalar {
    public static func _optimiseSGD(
        _ x: UnsafeMutablePointer<Float>, _ gradient: UnsafePointer<Float>, _ count: Int,
        _ rate: Float, _ decay: Float
    ) {
        unsafe recurrent_optimise_sgd_f32(x, gradient, count, rate, decay)
    }

    public static func _optimiseMomentum(
        _ x: UnsafeMutablePointer<Float>, _ gradient: UnsafePointer<Float>,
        _ velocity: UnsafeMutablePointer<Float>, _ count: Int, _ rate: Float, _ decay: Float,
        _ momentum: Float, _ own: Float, _ carried: Float
    ) {
        unsafe recurrent_optimise_momentum_f32(
            x, gradient, velocity, count, rate, decay, momentum, own, carried)
    }

    public static func _optimiseAdagrad(
        _ x: UnsafeMutablePointer<Float>, _ gradient: UnsafePointer<Float>,
        _ square: UnsafeMutablePointer<Float>, _ count: Int, _ rate: Float, _ decay: Float,
        _ epsilon: Float
    ) {
        unsafe recurrent_optimise_adagrad_f32(x, gradient, square, count, rate, decay, epsilon)
    }

    public static func _optimiseRMSProp(
        _ x: UnsafeMutablePointer<Float>, _ gradient: UnsafePointer<Float>,
        _ square: UnsafeMutablePointer<Float>, _ count: Int, _ rate: Float, _ decay: Float,
        _ kept: Float, _ added: Float, _ epsilon: Float
    ) {
        unsafe recurrent_optimise_rmsprop_f32(x, gradient, square, count, rate, decay, kept, added, epsilon)
    }

    public static func _optimiseRMSPropMomentum(
        _ x: UnsafeMutablePointer<Float>, _ gradient: UnsafePointer<Float>,
        _ square: UnsafeMutablePointer<Float>, _ velocity: UnsafeMutablePointer<Float>,
        _ count: Int, _ rate: Float, _ decay: Float, _ kept: Float, _ added: Float,
        _ epsilon: Float, _ momentum: Float
    ) {
        unsafe recurrent_optimise_rmsprop_momentum_f32(
            x, gradient, square, velocity, count, rate, decay, kept, added, epsilon, momentum)
    }

    public static func _optimiseAdam(
        _ x: UnsafeMutablePointer<Float>, _ gradient: UnsafePointer<Float>,
        _ mean: UnsafeMutablePointer<Float>, _ square: UnsafeMutablePointer<Float>,
        _ count: Int, _ rate: Float, _ decay: Float, _ shrink: Float, _ meanAdded: Float,
        _ kept: Float, _ added: Float, _ scale: Float, _ epsilon: Float
    ) {
        unsafe recurrent_optimise_adam_f32(
            x, gradient, mean, square, count, rate, decay, shrink, meanAdded, kept, added,
            scale, epsilon)
    }
}
