using System.Buffers.Binary;
using System.Text;
using Outrider.Protocol.Metrics;

namespace Outrider.Bench.Metrics;

/// <summary>Reports of some agents as bodies of HTTP requests, for either store.</summary>
internal static class Reports
{
    /// <summary>As encoded batches.</summary>
    public static byte[] AsBatches(IEnumerable<(int Agent, ulong Seq, SeriesSamples[] Report)> reports)
    {
        using var body = new MemoryStream();
        var head = new byte[8];
        foreach (var (agent, seq, report) in reports)
        {
            var batch = MetricBatchCodec.Encode(new MetricBatch("boot", seq, report)).Value!;
            BinaryPrimitives.WriteInt32LittleEndian(head, agent);
            BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(4), batch.Length);
            body.Write(head);
            body.Write(batch);
        }
        return body.ToArray();
    }

    /// <summary>As InfluxDB's line protocol.</summary>
    public static byte[] AsLines(IEnumerable<(int Agent, ulong Seq, SeriesSamples[] Report)> reports, MetricData[] agents)
    {
        var lines = new StringBuilder();
        foreach (var (agent, _, report) in reports)
            agents[agent].WriteLines(lines, report);
        return Encoding.UTF8.GetBytes(lines.ToString());
    }
}
