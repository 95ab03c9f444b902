/// The error that ends a training whose task was cancelled.
struct TrainingInterrupted: Error {}
