struct Axle {
    var wheel = Wheel.front
}
