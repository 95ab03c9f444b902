/// The tiles of the gradient, in groups that are summed up together; workers share the tiles of a group.
struct GradientTiles {
    let all: [GradientTile]
    /// The tiles of each layer, those of the read-out last.
    let byLayer: [[GradientTile]]
    /// The tiles of all layers but the first, and of the read-out.
    let aboveFirstLayer: [GradientTile]

    init(of layout: ParameterLayout, layers: Int, tokens: Bool) {
        let all = GradientTile.tiles(of: layout, tokens: tokens)
        self.all = all
        let byLayer = (0...layers).map { layer in
            all.filter { ($0.isReadOut ? layers : $0.part.name.layer) == layer }
        }
        self.byLayer = byLayer
        aboveFirstLayer = Array(byLayer.dropFirst().joined())
    }
}
