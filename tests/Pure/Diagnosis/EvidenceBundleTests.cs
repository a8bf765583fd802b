using System.IO.Compression;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Outrider.Grains.Diagnosis;
using Outrider.Grains.Diagnosis.Storage;
using Outrider.Protocol.Outcomes;

namespace Outrider.Tests.Pure.Diagnosis;

public sealed class EvidenceBundleTests
{
    /// <summary>Written, read and analysed again, evidence makes the very same report, whatever is in its cells.</summary>
    [Fact]
    public void RoundTrip_AnyEvidence_MakesTheSameReport() => Prop.ForAll<string?[], uint>((values, failing) =>
    {
        var next = 0;
        var editor = new EvidenceEditor(StorageExpert.Expert, failing % 2 == 0 ? "disk-full" : "shared-data-amplification")
            .EachCell(cell => values.Length > 0 && ++next % 7 == 0 ? Printable(values[next % values.Length]) : cell);
        foreach (var statement in editor.Bundle.Statements.Where((statement, i) => statement.Rows is not null && (failing >> i & 3) == 3).ToList())
            editor.Fail(statement.Id);
        var read = EvidenceBundleFormat.Read(EvidenceBundleFormat.Write(editor.Bundle));

        Assert.Null(read.Problem);
        Assert.Equal(Json(editor.Report), Json(ReportFactory.Reanalyse(read.Value!).Value!));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Read_AnyBytes_IsAProblemNotAnException() => Prop.ForAll<byte[], bool>((bytes, zip) =>
    {
        var outcome = EvidenceBundleFormat.Read(zip ? Zip(bytes) : bytes);
        Assert.Equal(ProblemCodes.InvalidArgument, outcome.Problem?.Code);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Read_CutAnywhere_IsAProblemNotAnException()
    {
        var bytes = EvidenceBundleFormat.Write(new EvidenceEditor(StorageExpert.Expert, "healthy").Bundle);
        for (var length = 0; length < bytes.Length - 8; length += 97)
            Assert.False(EvidenceBundleFormat.Read(bytes.AsMemory(0, length)).Ok);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"format\":\"outrider.evidence-bundle\",\"version\":1}")]
    public void Read_OtherJson_IsInvalid(string json) =>
        Assert.Equal(ProblemCodes.InvalidArgument, EvidenceBundleFormat.Read(Zip(Encoding.UTF8.GetBytes(json))).Problem?.Code);

    [Theory]
    [InlineData("\"version\":1", "\"version\":2", "version is another")]
    [InlineData("outrider.evidence-bundle", "somebody.else", "format or version")]
    [InlineData("\"id\":\"now\"", "\"id\":\"version\"", "two statements have the same id")]
    [InlineData("[\"3.3.9-a1b2c3d\"]", "[\"3.3.9-a1b2c3d\",\"x\"]", "another number of cells")]
    [InlineData("[\"3.3.9-a1b2c3d\"]", "null", "another number of cells")]
    [InlineData("\"agent\":\"db-1\"", "\"agent\":null", "wrong at")]
    [InlineData("\"include_details\":\"false\"", "\"include_details\":null", "a value is null")]
    public void Read_Tampered_SaysWhatIsWrong(string from, string to, string why)
    {
        var json = Encoding.UTF8.GetString(Unzip(EvidenceBundleFormat.Write(new EvidenceEditor(StorageExpert.Expert, "healthy").Bundle)));
        Assert.Contains(from, json);
        var outcome = EvidenceBundleFormat.Read(Zip(Encoding.UTF8.GetBytes(json.Replace(from, to))));

        Assert.Equal(ProblemCodes.InvalidArgument, outcome.Problem?.Code);
        Assert.Contains(why, outcome.Problem!.Message);
    }

    [Fact]
    public void Read_TooDeep_IsInvalid() => Assert.Equal(ProblemCodes.InvalidArgument,
        EvidenceBundleFormat.Read(Zip(Encoding.UTF8.GetBytes(new string('[', 10_000)))).Problem?.Code);

    [Fact]
    public void Read_Bomb_IsRefusedBeforeItIsUnpacked()
    {
        using var bytes = new MemoryStream();
        using (var zip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        {
            var spaces = new byte[1024 * 1024];
            Array.Fill(spaces, (byte)' ');
            for (var i = 0; i <= EvidenceBundleFormat.MaxJsonBytes / spaces.Length; i++)
                zip.Write(spaces);
        }

        Assert.Equal(ProblemCodes.PayloadTooLarge, EvidenceBundleFormat.Read(bytes.ToArray()).Problem?.Code);
        Assert.Equal(ProblemCodes.PayloadTooLarge, EvidenceBundleFormat.Read(new byte[EvidenceBundleFormat.MaxBytes + 1]).Problem?.Code);
    }

    [Fact]
    public void Reanalyse_UnknownExpert_SaysSo()
    {
        var bundle = new EvidenceEditor(StorageExpert.Expert, "healthy").Bundle with { Expert = "astrology" };

        Assert.Equal(ProblemCodes.ExpertNotFound, ReportFactory.Reanalyse(bundle).Problem?.Code);
    }

    /// <summary>Lone surrogates aren't text; no database sends them, and JSON can't carry them.</summary>
    private static string? Printable(string? text) => text is null ? null : string.Concat(text.Where(c => !char.IsSurrogate(c)));

    private static string Json(DiagnosisReport report) => JsonSerializer.Serialize(report);

    private static byte[] Zip(byte[] bytes)
    {
        using var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, CompressionLevel.Fastest, leaveOpen: true))
            zip.Write(bytes);
        return zipped.ToArray();
    }

    private static byte[] Unzip(byte[] bytes)
    {
        using var zip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var json = new MemoryStream();
        zip.CopyTo(json);
        return json.ToArray();
    }
}
