struct Wheel {
    let problem: Failure?
}
