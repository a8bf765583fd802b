using Outrider.MySql.Payloads;

namespace Outrider.Samples.DemoStarRocks.Scenarios;

/// <summary>What a scenario says to a statement: a table, an error, or (neither) a plain OK.</summary>
/// <param name="Table">Columns and rows.</param>
/// <param name="Error">Failure.</param>
/// <param name="Latency">Delay of the answer.</param>
public sealed record Answer(ResultTable? Table, ErrPayload? Error, TimeSpan Latency);
