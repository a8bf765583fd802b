using System.Text.Json;
using Outrider.Grains.Tasks;
using Outrider.Grains.Tasks.Lifecycle;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Tests.Pure.Tasks;

public sealed class TaskFaultsTests
{
    [Theory]
    [InlineData("shell", "uptime", null)]
    [InlineData("shell", null, """{"args": ["ls", "-l"]}""")]
    [InlineData("api", null, """{"url": "https://a.example", "headers": {"Authorization": "Bearer ${secret:token}"}}""")]
    [InlineData("mysql", "SELECT 1", """{"target": {"host": "db", "password": "${secret:db}"}}""")]
    [InlineData("file", null, """{"path": "/srv/a", "operation": "fetch"}""")]
    public void Of_WhatMayBeAsked_IsNothing(string type, string? command, string? parameters) => Assert.Null(Fault(type, command, parameters));

    [Theory]
    [InlineData("shel", "x", null, "unsupported task type")]
    [InlineData("sql", "SELECT 1", null, "unsupported task type")]
    [InlineData("shell", " \t", null, "command is empty")]
    [InlineData("shell", "a\0b", null, "NUL")]
    [InlineData("api", "GET", "{}", "url is required in params")]
    [InlineData("mysql", "", null, "command is empty")]
    [InlineData("file", null, """{"path": "/srv/a"}""", "file_id is required")]
    [InlineData("file", null, "{}", "path is required")]
    [InlineData("shell", "x", "[1]", "params is an object")]
    [InlineData("mysql", "SELECT 1", """{"target": {"host": "db", "password": "hunter2"}}""", "params.target.password holds a secret")]
    [InlineData("api", null, """{"url": "https://me:pw@a.example/"}""", "params.url holds a secret")]
    [InlineData("api", null, """{"url": "https://a.example", "headers": {"Authorization": "Bearer abc"}}""", "params.headers.Authorization holds a secret")]
    [InlineData("api", null, """{"url": "https://a.example", "headers": {"X-API-Key": "abc"}}""", "holds a secret")]
    [InlineData("shell", "x", """{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{}}}}}}}}}}}""", "nested deeper")]
    public void Of_WhatCant_SaysWhatToChange(string type, string? command, string? parameters, string says) =>
        Assert.Contains(says, Fault(type, command, parameters)!.Message, StringComparison.Ordinal);

    [Fact]
    public void Of_Sizes_AreBounded()
    {
        Assert.Equal(ProblemCodes.PayloadTooLarge, Fault("mysql", new string('漢', TaskTypes.MaxCommand / 3 + 1), null)?.Code);
        Assert.Equal(ProblemCodes.PayloadTooLarge, Fault("shell", "x", $$"""{"a": "{{new string('x', TaskTypes.MaxParams)}}"}""")?.Code);
    }

    [Fact]
    public void Of_Numbers_AreInTheirRanges()
    {
        var good = Request("shell", "x", null);
        TaskRequest[] wrong =
        [
            good with { TimeoutSeconds = 0 }, good with { TimeoutSeconds = 86_401 }, good with { WaitSeconds = -1 }, good with { Priority = 0 },
            good with { Priority = 11 }, good with { Retries = 11, Idempotent = true }, good with { Retries = 1 }, good with { RetrySeconds = 0 },
        ];
        Assert.All(wrong, request => Assert.NotNull(TaskFaults.Of(request)));
        Assert.Null(TaskFaults.Of(good with { Retries = 1, Idempotent = true }));
    }

    [Theory]
    [InlineData("api", "GET", null, true)]
    [InlineData("api", null, null, true)]
    [InlineData("api", "POST", null, false)]
    [InlineData("k8s", "x", """{"operation": "apply"}""", true)]
    [InlineData("k8s", "x", """{"operation": "create"}""", false)]
    [InlineData("shell", "x", null, false)]
    public void MayRepeat_ByType(string type, string? command, string? parameters, bool may) =>
        Assert.Equal(may, TaskFaults.MayRepeat(Request(type, command, parameters)));

    private static Problem? Fault(string type, string? command, string? parameters) => TaskFaults.Of(Request(type, command, parameters));

    private static TaskRequest Request(string type, string? command, string? parameters) => new()
    {
        Agent = "a", Type = type, Command = command, CreatedBy = "k",
        Params = parameters is null ? null : JsonDocument.Parse(parameters).RootElement.Clone(),
    };
}
