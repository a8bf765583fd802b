using System.Text.Json;
using Outrider.Api.Operations.Tasks;
using Outrider.Protocol.Link;

namespace Outrider.Tests.Pure.Tasks;

public sealed class TaskNamesTests
{
    [Theory]
    [InlineData("script", "shell")]
    [InlineData("kubernetes", "k8s")]
    [InlineData("mongodb", "mongo")]
    [InlineData("file_upload", "file")]
    [InlineData("postgresql", "postgres")]
    [InlineData("mysql", "mysql")]
    [InlineData("nonsense", "nonsense")]
    public void Type_OfAnOlderSystem_IsOurs(string old, string ours) => Assert.Equal(ours, TaskNames.TypeOf(old));

    [Theory]
    [InlineData("completed", "success")]
    [InlineData("succeeded", "success")]
    [InlineData("stopped", "canceled")]
    [InlineData("cancelled", "canceled")]
    [InlineData("unknown", "lost")]
    [InlineData("timed_out", "failed")]
    [InlineData("lost", "lost")]
    [InlineData("Success", null)]
    [InlineData("", null)]
    public void Status_OfAnOlderSystem_IsOurs(string old, string? ours) => Assert.Equal(ours, TaskNames.StatusOf(old));

    [Theory]
    [InlineData("0197a1b2c3d47e5f8091a2b3c4d5e6f7", true)]
    [InlineData("0197a1b2c3d47e5f8091a2b3c4d5e6f7-9999", true)]
    [InlineData("", false)]
    [InlineData("a/b", false)]
    [InlineData("..", false)]
    [InlineData("0123456789012345678901234567890123456789012345678", false)]
    public void Id_OfATask_HoldsNothingElse(string id, bool isOne) => Assert.Equal(isOne, TaskNames.IsId(id));

    [Theory]
    [InlineData("null", 10, 0)]
    [InlineData("0", 10, 0)]
    [InlineData("3", 10, 3)]
    [InlineData("10000", 10, 10_000)]
    [InlineData("\"25%\"", 10, 3)]
    [InlineData("\"25%\"", 1, 1)]
    [InlineData("\"0.1%\"", 10, 1)]
    [InlineData("\"100%\"", 7, 7)]
    public void BatchSize_NumberOrShare_IsANumberOfAgents(string json, int agents, int size) =>
        Assert.Equal(size, BatchSize.Of(JsonSerializer.Deserialize<JsonElement>(json), agents).Value);

    [Theory]
    [InlineData("-1")]
    [InlineData("10001")]
    [InlineData("1.5")]
    [InlineData("\"25\"")]
    [InlineData("\"0%\"")]
    [InlineData("\"101%\"")]
    [InlineData("\"-5%\"")]
    [InlineData("\"%\"")]
    [InlineData("\"1e1%\"")]
    [InlineData("true")]
    [InlineData("[]")]
    public void BatchSize_AnythingElse_IsRefused(string json) =>
        Assert.Equal("invalid_argument", BatchSize.Of(JsonSerializer.Deserialize<JsonElement>(json), 10).Problem?.Code);

    [Theory]
    [InlineData("role=db,zone=a", "role=db zone=a")]
    [InlineData(" role = db , ", "role=db")]
    [InlineData("role=", "role=")]
    [InlineData("a=b=c", "a=b=c")]
    [InlineData("", "")]
    [InlineData("role", null)]
    [InlineData("=db", null)]
    [InlineData("role=db,role=web", null)]
    [InlineData("ro le=db", null)]
    [InlineData("-role=db", null)]
    public void Labels_AsText_AreReadOrRefused(string text, string? labels) =>
        Assert.Equal(labels, AgentLabels.Parse(text) is { } read ? string.Join(' ', read.Select(label => $"{label.Key}={label.Value}")) : null);

    [Fact]
    public void Labels_TooManyOrTooLong_AreRefused()
    {
        Assert.NotNull(AgentLabels.Parse(string.Join(',', Enumerable.Range(0, 32).Select(i => $"l{i}={new string('v', 63)}"))));
        Assert.Null(AgentLabels.Parse(string.Join(',', Enumerable.Range(0, 33).Select(i => $"l{i}=v"))));
        Assert.Null(AgentLabels.Parse($"l={new string('v', 64)}"));
        Assert.Null(AgentLabels.Parse($"{new string('l', 64)}=v"));
    }
}
