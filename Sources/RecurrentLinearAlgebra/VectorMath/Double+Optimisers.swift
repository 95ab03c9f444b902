internal import CRecurrentKernels

extension Double: _OptimiserScalar {
    public static func _optimiseSGD(
        _ x: UnsafeMutablePointer<Double>, _ gradient: UnsafePointer<Double>, _ count: Int,
        _ rate: Double, _ decay: Double
    ) {
        unsafe recurrent_optimise_sgd_f64(x, gradient, count, rate, decay)
    }

    public static func _optimiseMomentum(
        _ x: UnsafeMutablePointer<Double>, _ gradient: UnsafePointer<Double>,
        _ velocity: UnsafeMutablePointer<Double>, _ count: Int, _ rate: Double, _ decay: Double,
        _ momentum: Double, _ own: Double, _ carried: Double
    ) {
        unsafe recurrent_optimise_momentum_f64(
            x, gradient, velocity, count, rate, decay, momentum, own, carried)
    }

    public static func _optimiseAdagrad(
        _ x: UnsafeMutablePointer<Double>, _ gradient: UnsafePointer<Double>,
        _ square: UnsafeMutablePointer<Double>, _ count: Int, _ rate: Double, _ decay: Double,
        _ epsilon: Double
    ) {
        unsafe recurrent_optimise_adagrad_f64(x, gradient, square, count, rate, decay, epsilon)
    }

    public static func _optimiseRMSProp(
        _ x: UnsafeMutablePointer<Double>, _ gradient: UnsafePointer<Double>,
        _ square: UnsafeMutablePointer<Double>, _ count: Int, _ rate: Double, _ decay: Double,
        _ kept: Double, _ added: Double, _ epsilon: Double
    ) {
        unsafe recurrent_optimise_rmsprop_f64(x, gradient, square, count, rate, decay, kept, added, epsilon)
    }

    public static func _optimiseRMSPropMomentum(
        _ x: UnsafeMutablePointer<Double>, _ gradient: UnsafePointer<Double>,
        _ square: UnsafeMutablePointer<Double>, _ velocity: UnsafeMutablePointer<Double>,
        _ count: Int, _ rate: Double, _ decay: Double, _ kept: Double, _ added: Double,
        _ epsilon: Double, _ momentum: Double
    ) {
        unsafe recurrent_optimise_rmsprop_momentum_f64(
            x, gradient, square, velocity, count, rate, decay, kept, added, epsilon, momentum)
    }

    public static func _optimiseAdam(
        _ x: UnsafeMutablePointer<Double>, _ gradient: UnsafePointer<Double>,
        _ mean: UnsafeMutablePointer<Double>, _ square: UnsafeMutablePointer<Double>,
        _ count: Int, _ rate: Double, _ decay: Double, _ shrink: Double, _ meanAdded: Double,
        _ kept: Double, _ added: Double, _ scale: Double, _ epsilon: Double
    ) {
        unsafe recurrent_optimise_adam_f64(
            x, gradient, mean, square, count, rate, decay, shrink, meanAdded, kept, added,
            scale, epsilon)
    }
}
