using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Outrider.Grains.Files;

namespace Outrider.Tests.Pure.Files;

public sealed class FileNamesTests
{
    [Theory]
    [InlineData("report.csv", "report.csv")]
    [InlineData("Bericht für 磁盘 \ud83d\ude42.csv", "Bericht für 磁盘 \ud83d\ude42.csv")]
    [InlineData("/etc/passwd", "passwd")]
    [InlineData("..\\..\\windows\\system32\\x.sh", "x.sh")]
    [InlineData("a/../../b", "b")]
    [InlineData("..", "file")]
    [InlineData("../", "file")]
    [InlineData(".", "file")]
    [InlineData("...hidden", "hidden")]
    [InlineData(".bashrc", "bashrc")]
    [InlineData("name. . .", "name")]
    [InlineData("", "file")]
    [InlineData(null, "file")]
    [InlineData("a\0b\r\nc\u001b[31m.txt", "abc[31m.txt")]
    [InlineData("invoice\u202Egpj.sh", "invoicegpj.sh")]
    [InlineData("\u2066x\u2069\u200B\uFEFF.sql", "x.sql")]
    [InlineData("a\u2028b\u2029.txt", "ab.txt")]
    [InlineData("a<b>c:d\"e|f?g*h.txt", "abcdefgh.txt")]
    [InlineData("CON", "_CON")]
    [InlineData("nul.txt", "_nul.txt")]
    [InlineData("Com1.tar.gz", "_Com1.tar.gz")]
    [InlineData("LPT\u00b2", "_LPT\u00b2")]
    [InlineData("COM10", "COM10")]
    [InlineData("console", "console")]
    [InlineData("x\ud83d.txt", "x.txt")]
    [InlineData("\uE000\uFFFF.txt", "txt")]
    public void Clean_Name_IsHarmless(string? name, string clean) => Assert.Equal(clean, FileNames.Clean(name));

    [Fact]
    public void Clean_LongName_LosesItsMiddleAndKeepsItsEnding()
    {
        var clean = FileNames.Clean(new string('é', 300) + ".tar.gz");
        Assert.InRange(Encoding.UTF8.GetByteCount(clean), FileLimits.NameBytes - 1, FileLimits.NameBytes);
        Assert.EndsWith("é.gz", clean, StringComparison.Ordinal);
        Assert.Equal(FileLimits.NameBytes, FileNames.Clean(new string('x', 100_000)).Length);
        Assert.Equal(FileLimits.NameBytes, FileNames.Clean("x." + new string('y', 300)).Length);
    }

    [Fact]
    public void Clean_Anything_IsOneNameThatStaysAsItIs() => Prop.ForAll<string>(name =>
    {
        var clean = FileNames.Clean(name);
        Assert.InRange(Encoding.UTF8.GetByteCount(clean), 1, FileLimits.NameBytes);
        Assert.Equal(clean, Path.GetFileName(clean));
        Assert.Equal(clean, FileNames.Clean(clean));
        Assert.DoesNotContain(clean, c => char.IsControl(c) || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Format);
        Assert.False(clean[0] is '.' or ' ' || clean[^1] is '.' or ' ', clean);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("a.csv", null, "text/csv")]
    [InlineData("a.CSV", "TEXT/CSV", "text/csv")]
    [InlineData("a.csv", "application/octet-stream", "text/csv")]
    [InlineData("a.csv", "application/vnd.ms-excel", "text/csv")]
    [InlineData("a.sql", "text/plain", "application/sql")]
    [InlineData("a.jpeg", "image/jpeg", "image/jpeg")]
    [InlineData("a.jpeg", "image/png", null)]
    [InlineData("a.csv", "text/html", null)]
    [InlineData("a.html", "text/html", null)]
    [InlineData("a.html", "text/plain", null)]
    [InlineData("a.svg", "image/svg+xml", null)]
    [InlineData("a.exe", null, null)]
    [InlineData("csv", null, null)]
    [InlineData("a", "text/plain", null)]
    [InlineData("a.csv.exe", "text/csv", null)]
    public void Type_OfNameAndDeclaration_IsKnownOrRefused(string name, string? declared, string? type) =>
        Assert.Equal(type, FileTypes.Of(name, declared));

    [Theory]
    [InlineData("jpeg"), InlineData("png"), InlineData("gif"), InlineData("webp"), InlineData("pdf"), InlineData("txt"), InlineData("csv")]
    [InlineData("xls"), InlineData("xlsx"), InlineData("json"), InlineData("sql"), InlineData("zip"), InlineData("gz"), InlineData("tar")]
    [InlineData("yaml"), InlineData("sh"), InlineData("conf")]
    public void Type_OfEachPromisedEnding_IsTaken(string ending) => Assert.NotNull(FileTypes.Of($"a.{ending}", null));
}
