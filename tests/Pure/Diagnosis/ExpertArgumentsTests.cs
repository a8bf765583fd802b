using Outrider.Grains.Diagnosis.Experts;
using Outrider.Grains.Diagnosis.Storage;
using Outrider.Protocol.Outcomes;

namespace Outrider.Tests.Pure.Diagnosis;

public sealed class ExpertArgumentsTests
{
    [Fact]
    public void Read_Nothing_TakesDefaults()
    {
        var arguments = Read(AmplificationExpert.Expert).Value!;

        Assert.True(arguments.Details);
        Assert.Null(arguments["database_name"]);
        Assert.False(Read(StorageExpert.Expert).Value!.Details);
    }

    [Theory]
    [InlineData("databse", "x", "has no argument 'databse'; it takes database_name, table_name, include_details")]
    [InlineData("include_details", "yes", "must be true or false")]
    [InlineData("table_name", "orders", "needs 'database_name'")]
    [InlineData("database_name", "shop.", "names no table")]
    [InlineData("database_name", "a\u0000b", "without control characters")]
    public void Read_Wrong_SaysWhatToChange(string name, string value, string message)
    {
        var outcome = Read(AmplificationExpert.Expert, (name, value));

        Assert.Equal(ProblemCodes.InvalidArgument, outcome.Problem?.Code);
        Assert.Contains(message, outcome.Problem!.Message);
    }

    [Fact]
    public void Read_TooLong_IsRefused() =>
        Assert.False(Read(AmplificationExpert.Expert, ("database_name", new string('a', ExpertArguments.MaxLength + 1))).Ok);

    [Theory]
    [InlineData("shop.orders", null)]
    [InlineData(null, "shop.orders")]
    [InlineData("shop", "orders")]
    [InlineData("shop", "shop.orders")]
    [InlineData(" shop ", " orders ")]
    public void Read_TableInAnyForm_SplitsIt(string? database, string? table)
    {
        var given = new[] { ("database_name", database), ("table_name", table) }.Where(pair => pair.Item2 is not null).ToArray();
        var arguments = Read(AmplificationExpert.Expert, given!).Value!;

        Assert.Equal("shop", arguments["database_name"]);
        Assert.Equal("orders", arguments["table_name"]);
    }

    [Fact]
    public void CacheKey_PresentationOnly_IsTheSame()
    {
        var with = Read(StorageExpert.Expert, ("include_details", "TRUE")).Value!;
        var without = Read(StorageExpert.Expert).Value!;

        Assert.Equal(without.CacheKey, with.CacheKey);
    }

    [Fact]
    public void CacheKey_OtherValues_Differ()
    {
        var one = Read(AmplificationExpert.Expert, ("database_name", "a"), ("table_name", "b\u00a0c")).Value!;
        var other = Read(AmplificationExpert.Expert, ("database_name", "a"), ("table_name", "b")).Value!;

        Assert.NotEqual(one.CacheKey, other.CacheKey);
    }

    private static Outcome<ExpertArguments> Read(Expert expert, params (string Name, string Value)[] given) =>
        ExpertArguments.Read(expert, given.ToDictionary(pair => pair.Name, pair => pair.Value));
}
