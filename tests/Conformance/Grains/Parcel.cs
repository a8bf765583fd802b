namespace Outrider.Tests.Conformance.Grains;

/// <summary>A value with one of each kind that contracts use.</summary>
public sealed record Parcel
{
    public required string Name { get; init; }
    public required DateTimeOffset At { get; init; }
    public required Colour Colour { get; init; }
    public long? Weight { get; init; }
    public double Ratio { get; init; }
    public List<Parcel> Parts { get; init; } = [];
    public Dictionary<string, string> Labels { get; init; } = [];
    public byte[] Payload { get; init; } = [];
}
