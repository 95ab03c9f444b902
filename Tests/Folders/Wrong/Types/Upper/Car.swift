struct Car {
    var wheels: [Wheel] = []
}
