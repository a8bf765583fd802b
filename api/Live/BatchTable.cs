using Outrider.Protocol.Metrics;

namespace Outrider.Api.Live;

/// <summary>A series table as an agent sent it, with who is looked at by position. Most batches have the table of the one before.</summary>
internal sealed class BatchTable(byte[] bytes, LiveSeries?[] positions)
{
    public static BatchTable None { get; } = new([], []);

    public LiveSeries?[] Positions => positions;

    public bool Is(ReadOnlySpan<byte> table) => table.SequenceEqual(bytes);

    /// <summary>Null: the bytes are no table.</summary>
    public static BatchTable? Read(ReadOnlySpan<byte> bytes, Func<Series, LiveSeries?> find) =>
        MetricBatchCodec.ReadSeriesTable(bytes) is { Ok: true, Value: { } series } ? new BatchTable(bytes.ToArray(), Array.ConvertAll(series, one => find(one))) : null;
}
