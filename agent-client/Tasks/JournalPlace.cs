namespace Outrider.Agent.Tasks;

/// <summary>Where a record lies in the journal.</summary>
/// <param name="At">Bytes before it.</param>
/// <param name="Length">Bytes of it.</param>
internal readonly record struct JournalPlace(long At, int Length);
