import RecurrentLinearAlgebra

/// The numbers of workers that go through a recurrence together. They follow from shapes and the workers that there are,
/// and no result depends on them.
struct TeamSizes {
    /// The workers that there are for each block.
    let workers: Int
    /// The most sequences of a block.
    let rows: Int
    let bytesPerNumber: Int

    /// The shares in which workers go through each cell of a layer: 1 where one of them carries it alone. A share is worth
    /// it where it takes longer than it takes the workers to meet.
    func shares(of layer: Int, _ configuration: NetworkConfiguration) -> Int {
        let workers = workers / configuration.layers[layer].directions.count
        guard workers > 1, configuration.layers[layer].isRecurrent else { return 1 }
        let cell = configuration.cells[configuration.cells(of: layer).lowerBound]
        let panels = sharedPanels(of: cell.width, forRows: rows, bytesPerNumber: bytesPerNumber)
        let multiplications = rows * cell.width * cell.gateWidth
        return max(1, min(workers, panels, multiplications / Tuning.teamMultiplications))
    }
}
