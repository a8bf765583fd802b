namespace Outrider.Bench.Cluster;

/// <summary>A record of ten fields, as control messages are.</summary>
[GenerateSerializer, Immutable]
public sealed record Reading(
    [property: Id(0)] string Tenant, [property: Id(1)] string Agent, [property: Id(2)] string Session, [property: Id(3)] long Number,
    [property: Id(4)] double Value, [property: Id(5)] bool Ok, [property: Id(6)] DateTimeOffset At, [property: Id(7)] string? Note,
    [property: Id(8)] int Count, [property: Id(9)] List<string> Labels)
{
    public static Reading Sample { get; } =
        new("demo", "prod-db-1", "0123456789abcdef", 42, 12.5, true, new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), null, 7, ["a", "b"]);

    public Message ToMessage() => new(Tenant, Agent, Session, Number, Value, Ok, At, Note, Count, Labels);
}
