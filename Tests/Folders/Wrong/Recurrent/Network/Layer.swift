struct Layer {
    let loss: Loss
}
