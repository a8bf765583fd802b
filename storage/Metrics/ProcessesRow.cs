namespace Outrider.Storage.Metrics;

/// <summary>A snapshot of an agent's processes.</summary>
/// <param name="Agent">The agent's number.</param>
/// <param name="Minute">Its time in minutes since 1970; of each minute the first snapshot is kept.</param>
/// <param name="Bytes">The content of the batch's block, deflated.</param>
public readonly record struct ProcessesRow(int Agent, int Minute, byte[] Bytes);
