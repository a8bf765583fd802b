namespace Outrider.Agent.Executors.Databases;

/// <summary>How statements are run.</summary>
/// <param name="TransBatchSize">Most writing statements in one transaction.</param>
/// <param name="Backup">With goInception: keep what takes each statement back.</param>
/// <param name="SleepMs">Milliseconds between two batches.</param>
/// <param name="TimeoutMs">Milliseconds for all of it; null: as long as the type's tasks usually may.</param>
/// <param name="Concurrency">Statements at once. They run in order, so only 1.</param>
internal sealed record ExecOptions(int TransBatchSize = 200, bool Backup = true, int SleepMs = 0, int? TimeoutMs = null, int Concurrency = 1)
{
    private const int MaxBatch = 10_000;
    private const int MaxSleepMs = 100_000;
    private const int MaxTimeoutMs = 86_400_000;

    internal string? Fault() =>
        TransBatchSize is < 1 or > MaxBatch ? $"params.exec_options.trans_batch_size must be 1 to {MaxBatch}."
        : SleepMs is < 0 or > MaxSleepMs ? $"params.exec_options.sleep_ms must be 0 to {MaxSleepMs}."
        : TimeoutMs is < 1 or > MaxTimeoutMs ? $"params.exec_options.timeout_ms must be 1 to {MaxTimeoutMs}."
        : Concurrency != 1 ? "params.exec_options.concurrency must be 1: statements run in the order in which they stand. Make several tasks of what may run at once."
        : null;
}
