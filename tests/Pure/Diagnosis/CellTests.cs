using FsCheck;
using FsCheck.Fluent;
using Outrider.Grains.Diagnosis.Cells;

namespace Outrider.Tests.Pure.Diagnosis;

public sealed class CellTests
{
    private const long KB = 1024;
    private const long MB = KB * KB;

    [Theory]
    [InlineData("25.122 GB", 26974542102L)]
    [InlineData("15.6GB", 16750372454L)]
    [InlineData("0B", 0L)]
    [InlineData("0.000 B", 0L)]
    [InlineData("812.447 GB", 872358323683L)]
    [InlineData("120.573 MB", 126429954L)]
    [InlineData("57.6gb", 61847529062L)]
    [InlineData("3 Bytes", 3L)]
    [InlineData("1KB", KB)]
    [InlineData(" 2 MB ", 2 * MB)]
    [InlineData("1.968 TB", 2163838883463L)]
    [InlineData("4 PB", 4 * MB * MB * KB)]
    [InlineData("8388608.000 TB", null)]
    [InlineData("15.6", null)]
    [InlineData("0", null)]
    [InlineData("GB", null)]
    [InlineData("1.2.3 GB", null)]
    [InlineData(". GB", null)]
    [InlineData("1,024 GB", null)]
    [InlineData("-1 GB", null)]
    [InlineData("1e3 GB", null)]
    [InlineData("NaN GB", null)]
    [InlineData("15.6 QB", null)]
    [InlineData("15.6 GB used", null)]
    [InlineData("9999999999999999999999999999999999 PB", null)]
    [InlineData("NULL", null)]
    [InlineData("N/A", null)]
    [InlineData(@"\N", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Size_Text_IsBytesOrUnknown(string? cell, long? bytes) => Assert.Equal(bytes, ByteSize.Parse(cell));

    [Theory]
    [InlineData("44.72 %", 44.72)]
    [InlineData("44.72%", 44.72)]
    [InlineData("95.38", 95.38)]
    [InlineData("0.0 %", 0.0)]
    [InlineData("100 %", 100.0)]
    [InlineData("%", null)]
    [InlineData("N/A", null)]
    [InlineData("-3 %", null)]
    [InlineData("NaN %", null)]
    [InlineData("Infinity", null)]
    [InlineData(null, null)]
    public void Percent_Text_IsNumberOrUnknown(string? cell, double? percent) => Assert.Equal(percent, Cell.Percent(cell));

    [Theory]
    [InlineData("4120", 4120L)]
    [InlineData(" 7 ", 7L)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("9223372036854775808", null)]
    [InlineData("-1", null)]
    [InlineData("1.5", null)]
    [InlineData("Total", null)]
    [InlineData("null", null)]
    public void Count_Text_IsNumberOrUnknown(string? cell, long? count) => Assert.Equal(count, Cell.Count(cell));

    [Theory]
    [InlineData("true", true)]
    [InlineData("False", false)]
    [InlineData("1", true)]
    [InlineData("0", false)]
    [InlineData("yes", null)]
    [InlineData("NULL", null)]
    public void Flag_Text_IsKnownOrUnknown(string? cell, bool? flag) => Assert.Equal(flag, Cell.Flag(cell));

    [Fact]
    public void Time_Text_IsTimeOrUnknown()
    {
        Assert.Equal(new DateTime(2026, 1, 10, 3, 30, 2), Cell.Time("2026-01-10 03:30:02"));
        Assert.Equal(new DateTime(2026, 1, 10, 3, 30, 2, 250), Cell.Time("2026-01-10 03:30:02.250000"));
        Assert.Null(Cell.Time("NULL"));
        Assert.Null(Cell.Time("2026-13-10 03:30:02"));
        Assert.Null(Cell.Time("10/01/2026"));
    }

    [Fact]
    public void Size_NumberAndUnit_IsTheSameWithAndWithoutSpace() => Prop.ForAll<uint, byte>((thousandths, unit) =>
    {
        string[] units = ["B", "KB", "MB", "GB", "TB", "PB"];
        var number = (thousandths / 1000m).ToString("0.000", System.Globalization.CultureInfo.InvariantCulture);
        var name = units[unit % units.Length];
        var exact = (long)(thousandths / 1000m * (1L << (10 * (unit % units.Length))));
        Assert.Equal(exact, ByteSize.Parse(number + name));
        Assert.Equal(exact, ByteSize.Parse($"{number} {name.ToLowerInvariant()}"));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Parsers_AnyText_NeverThrowAndNeverGoBelowZero() => Prop.ForAll<string?>(text =>
    {
        foreach (var cell in new[] { text, text + " GB", text + "%", "1" + text })
        {
            Assert.True(ByteSize.Parse(cell) is null or >= 0);
            Assert.True(Cell.Percent(cell) is null or >= 0);
            Assert.True(Cell.Number(cell) is null or >= 0);
            Assert.True(Cell.Count(cell) is null or >= 0);
            _ = Cell.Flag(cell);
            _ = Cell.Time(cell);
        }
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1536, "1.5 KB")]
    [InlineData(2163839290736, "1.97 TB")]
    public void Format_Bytes_ReadsWell(long bytes, string text) => Assert.Equal(text, ByteSize.Format(bytes));
}
