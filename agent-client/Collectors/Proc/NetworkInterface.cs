namespace Outrider.Agent.Collectors.Proc;

/// <summary>What a network interface has counted since it came up. Null: not told.</summary>
internal readonly record struct NetworkInterface(string Name)
{
    public double? ReceivedBytes { get; init; }

    public double? ReceivedPackets { get; init; }

    public double? ReceiveErrors { get; init; }

    public double? ReceiveDrops { get; init; }

    public double? SentBytes { get; init; }

    public double? SentPackets { get; init; }

    public double? SendErrors { get; init; }

    public double? SendDrops { get; init; }
}
