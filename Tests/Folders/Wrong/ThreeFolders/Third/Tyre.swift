final class Tyre {
    func mounted(on axle: Axle) {}
}
