using System.Buffers;
using System.Text;
using Outrider.Protocol.Link;
using Outrider.Protocol.Outcomes;

namespace Outrider.Protocol.Metrics;

/// <summary>
/// Metric batches to and from bytes (docs/formats/metric-batch.md). Whatever the bytes are, the answer is what they hold or the problem
/// <see cref="ProblemCodes.BatchInvalid"/>. <see cref="Decode"/> reads all at once; a store reads the parts by themselves.
/// </summary>
public static class MetricBatchCodec
{
    /// <summary>The format's version, its first byte.</summary>
    public const byte Version = 1;

    /// <summary>The batch as bytes; a problem when it breaks a rule or a limit.</summary>
    public static Outcome<byte[]> Encode(MetricBatch batch)
    {
        if (Fault(batch) is { } fault)
            return Invalid(fault);
        var bytes = new ArrayBufferWriter<byte>(1024);
        var part = new ArrayBufferWriter<byte>(1024);
        var writer = new BatchWriter(bytes);
        writer.Byte(Version);
        writer.Text(batch.Boot);
        writer.Unsigned(batch.Seq);
        if (batch.Series.Count > 0)
        {
            SeriesTableCodec.Write(part, batch.Series);
            writer.Block(MetricBlockKind.SeriesTable, part.WrittenSpan);
            part.ResetWrittenCount();
            SamplesCodec.Write(part, batch.Series);
            writer.Block(MetricBlockKind.Samples, part.WrittenSpan);
            part.ResetWrittenCount();
        }
        if (batch.Processes is { } processes)
        {
            ProcessTableCodec.Write(part, processes);
            writer.Block(MetricBlockKind.Processes, part.WrittenSpan);
        }
        return bytes.WrittenCount <= MetricLimits.BatchBytes
            ? bytes.WrittenSpan.ToArray()
            : Invalid($"it takes {bytes.WrittenCount} bytes; at most {MetricLimits.BatchBytes} are allowed");
    }

    public static Outcome<MetricBatch> Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var layout = Layout(bytes);
            var table = layout.SeriesTable.Equals(default) ? [] : SeriesTableCodec.Read(bytes[layout.SeriesTable]);
            var columns = new SampleColumns();
            if (table.Length > 0)
                SamplesCodec.Read(bytes[layout.Samples], table.Length, columns);
            var processes = layout.Processes.Equals(default) ? null : ProcessTableCodec.Read(bytes[layout.Processes]);
            return new MetricBatch(layout.Boot, layout.Seq, Join(table, columns), processes);
        }
        catch (FormatException e)
        {
            return Invalid(e.Message);
        }
    }

    /// <summary>Finds the parts without reading them.</summary>
    public static Outcome<MetricBatchLayout> ReadLayout(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Layout(bytes);
        }
        catch (FormatException e)
        {
            return Invalid(e.Message);
        }
    }

    public static Outcome<Series[]> ReadSeriesTable(ReadOnlySpan<byte> part)
    {
        try
        {
            return SeriesTableCodec.Read(part);
        }
        catch (FormatException e)
        {
            return Invalid(e.Message);
        }
    }

    /// <summary>Reads the samples of a table of <paramref name="seriesCount"/> series into <paramref name="to"/>. Null: it worked.</summary>
    public static Problem? ReadSamples(ReadOnlySpan<byte> part, int seriesCount, SampleColumns to)
    {
        try
        {
            SamplesCodec.Read(part, seriesCount, to);
            return null;
        }
        catch (FormatException e)
        {
            return Invalid(e.Message);
        }
    }

    public static Outcome<ProcessTable> ReadProcesses(ReadOnlySpan<byte> part)
    {
        try
        {
            return ProcessTableCodec.Read(part);
        }
        catch (FormatException e)
        {
            return Invalid(e.Message);
        }
    }

    private static MetricBatchLayout Layout(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MetricLimits.BatchBytes)
            throw new FormatException($"it takes {bytes.Length} bytes; at most {MetricLimits.BatchBytes} are allowed");
        var reader = new BatchReader(bytes);
        if (reader.Byte() != Version)
            throw new FormatException("its version is unknown");
        var boot = reader.Text(LinkProtocol.MaxIdLength, "bytes in its boot");
        if (!LinkProtocol.IsId(boot))
            throw new FormatException("its boot is not printable ASCII");
        var seq = reader.Unsigned();
        if (seq == 0)
            throw new FormatException("its number is 0; they begin at 1");
        var parts = new Range[(int)MetricBlockKind.Processes + 1];
        while (reader.Remaining > 0)
        {
            var kind = reader.Byte();
            var length = reader.Count(MetricLimits.BatchBytes, "bytes in a block");
            reader.Take(length);
            var end = bytes.Length - reader.Remaining;
            if (kind is < (byte)MetricBlockKind.SeriesTable or > (byte)MetricBlockKind.Processes)
                continue;
            if (!parts[kind].Equals(default))
                throw new FormatException($"it has two blocks of kind {kind}");
            parts[kind] = (end - length)..end;
        }
        var (table, samples) = (parts[(int)MetricBlockKind.SeriesTable], parts[(int)MetricBlockKind.Samples]);
        if (table.Equals(default) != samples.Equals(default))
            throw new FormatException("it has a series table without samples, or samples without a series table");
        return new MetricBatchLayout(boot, seq, table, samples, parts[(int)MetricBlockKind.Processes]);
    }

    private static SeriesSamples[] Join(Series[] table, SampleColumns columns)
    {
        var joined = new SeriesSamples[table.Length];
        var at = 0;
        for (var i = 0; i < table.Length; i++)
        {
            var start = at;
            while (at < columns.Count && columns.Series[at] == i)
                at++;
            var samples = new Sample[at - start];
            for (var j = 0; j < samples.Length; j++)
                samples[j] = new Sample(columns.Times[start + j], columns.Values[start + j]);
            joined[i] = new SeriesSamples(table[i], samples);
        }
        return joined;
    }

    private static string? Fault(MetricBatch batch)
    {
        if (!LinkProtocol.IsId(batch.Boot) || batch.Seq == 0)
            return "its boot is not 1 to 64 printable ASCII characters, or its number is 0";
        if (batch.Series.Count > MetricLimits.Series)
            return $"it has {batch.Series.Count} series; at most {MetricLimits.Series} are allowed";
        long samples = 0;
        var strings = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (series, its) in batch.Series)
        {
            if (series.Fault() is { } fault)
                return fault;
            samples += its.Count;
            foreach (var (time, _) in its)
            {
                if (time is < 0 or > MetricLimits.LastTime)
                    return $"a time of {series.Metric} is before 1970 or after the year 9999";
            }
            strings.Add(series.Metric);
            foreach (var (name, value) in series.Labels)
            {
                strings.Add(name);
                strings.Add(value);
            }
        }
        if (samples > MetricLimits.Samples || strings.Count > MetricLimits.Strings)
        {
            return $"it has {samples} samples and {strings.Count} different strings; "
                + $"at most {MetricLimits.Samples} and {MetricLimits.Strings} are allowed";
        }
        return batch.Processes is { } processes ? Fault(processes) : null;
    }

    private static string? Fault(ProcessTable table)
    {
        if (table.Rows.Count > MetricLimits.Processes)
            return $"it has {table.Rows.Count} processes; at most {MetricLimits.Processes} are allowed";
        if (table.Time is < 0 or > MetricLimits.LastTime)
            return "the time of its processes is before 1970 or after the year 9999";
        foreach (var row in table.Rows)
        {
            foreach (var text in (ReadOnlySpan<string?>)[row.Name, row.Command, row.WorkingDirectory, row.Category])
            {
                if (text is not null && Encoding.UTF8.GetByteCount(text) > MetricLimits.ProcessTextBytes)
                    return $"a text of process {row.Pid} is longer than {MetricLimits.ProcessTextBytes} bytes";
            }
        }
        return null;
    }

    private static Problem Invalid(string why) => new(ProblemCodes.BatchInvalid, $"The metric batch is not valid: {why}.");
}
