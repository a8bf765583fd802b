using System.Text;
using Outrider.Agent.Csv;
using Outrider.Protocol.Metrics;
using Outrider.Tests.Pure.Fuzzing;

namespace Outrider.Tests.Pure.Collectors;

public sealed class ProcessCsvTests
{
    private static readonly ProcessRow s_row = new(42, "ja,va")
    {
        ParentPid = 1, Command = "java -cp a,b \"x\"\nnext", WorkingDirectory = "/srv", Category = "development", CpuPercent = 150.456, MemoryBytes = 512L << 20,
        Threads = 7, DiskReadBytes = 3 << 20, DiskWriteBytes = 1 << 19, StartedAt = 1_700_000_000_123, CpuSeconds = 12.5,
    };

    private static readonly ProcessTable s_table = new(1_700_000_100_999, 1, 4, 4L << 30, [s_row]);

    [Fact]
    public void Write_WholeRecord_HasTheFieldsAndUnitsOfFormat7()
    {
        Assert.Equal(
            "1700000100,\"ja,va\",150.46,37.614,512.00,12.50,7,3.00,0.50,,,true,\"java -cp a,b \"\"x\"\"\nnext\",/srv,development,42,1700000000123,12.50\n",
            Line(s_row));
        Assert.Equal(ProcessCsv.Fields, ProcessCsv.Header.Split(',').Length);
    }

    [Fact]
    public void Read_WhatWasWritten_ComesBackWithItsCommas()
    {
        var fields = Read(Line(s_row)).Single();
        Assert.Equal(ProcessCsv.Fields, fields.Length);
        Assert.Equal(("ja,va", "java -cp a,b \"x\"\nnext", "42", ""), (fields[1], fields[12], fields[15], fields[9]));
    }

    [Fact]
    public void Write_NothingKnown_LeavesFieldsEmpty() =>
        Assert.Equal("1700000100,x,,,,,,,,,,false,,,,7,,\n", Line(new ProcessRow(7, "x")));

    [Fact]
    public void Read_BrokenLineBetweenGoodOnes_GivesTheGoodOnes()
    {
        var text = Line(s_row) + "broken,line\n" + Line(s_row);
        Assert.Equal(2, Read(text).Count(fields => fields.Length == ProcessCsv.Fields));
    }

    [Fact]
    public void Read_MutatedTexts_EndAndNeverThrow()
    {
        var mutator = new Mutator(seed: 8);
        for (var i = 0; i < 20_000; i++)
            Read(Encoding.Latin1.GetString(mutator.Mutate(Encoding.UTF8.GetBytes(Line(s_row) + Line(s_row)))));
    }

    private static string Line(ProcessRow row)
    {
        var text = new StringBuilder();
        ProcessCsv.Write(text, s_table, row);
        return text.ToString();
    }

    private static List<string[]> Read(string text)
    {
        var records = new List<string[]>();
        var fields = new List<string>();
        for (var at = 0; ProcessCsv.TryRead(text, ref at, fields);)
            records.Add([.. fields]);
        return records;
    }
}
