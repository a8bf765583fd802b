namespace Outrider.Agent.Collectors.Proc;

/// <summary>What a block device has done since the machine started. Null: not told.</summary>
internal readonly record struct Disk(string Name, double? Reads, double? ReadBytes, double? Writes, double? WrittenBytes, double BusySeconds);
