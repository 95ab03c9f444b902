/// The metadata of checkpoints that older versions wrote.
enum CheckpointKeys {
    /// Metadata of any version, with the keys and values of this one.
    ///
    /// Version 0.5 had no `groups`, and two settings, `lastStepOnly` and `silentSteps`, for what is now `lossSteps`.
    static func renamed(_ metadata: [String: String]) -> [String: String] {
        var renamed = NetworkKey.renamed(metadata)
        let lastStepOnly = renamed.removeValue(forKey: "settings.lastStepOnly")
        let burnIn = renamed.removeValue(forKey: "settings.silentSteps").flatMap { Int($0) } ?? 0
        if renamed["settings.lossSteps"] == nil {
            let steps: LossSteps =
                lastStepOnly == "true" ? .last : burnIn > 0 ? .afterBurnIn(burnIn) : .every
            renamed["settings.lossSteps"] = CheckpointJSON.text(steps)
        }
        if renamed["settings.groups"] == nil { renamed["settings.groups"] = "[]" }
        return renamed
    }
}
