using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Outrider.Grains.Alerts;
using Outrider.Grains.Notifications;
using Outrider.Grains.Notifications.Messages;
using Outrider.Protocol.Metrics;

namespace Outrider.Tests.Pure.Notifications;

public sealed class MessageWriterTests
{
    private static readonly DateTimeOffset s_at = Notices.Start.AddMinutes(65);

    private static readonly Alert s_resolved = Notices.Disk with
    {
        State = AlertState.Resolved, ResolvedAt = s_at, ResolvedValue = 80, Reason = ResolveReason.Recovered, Summary = "Clean up /var",
    };

    [Fact]
    public void Write_Fired_English()
    {
        var message = Write(Notices.Channel(), Notices.Of(Notices.Disk));
        Assert.Equal("[Firing] File system full · prod-1 (critical)", message.Title);
        Assert.Equal(
            """
            - **Severity**: critical
            - **Rule**: File system full
            - **Agent**: prod-1
            - **Subject**: mount=/var, device=sda1
            - **Condition**: host_disk_percent > 85 for 5m
            - **Value**: 93.46%
            - **Threshold**: 85%
            - **Since**: 2026-03-01 08:00:00 UTC
            - **Duration**: 1h 5m
            - **Alert id**: 0123456789abcdef0123456789abcdef
            """, message.Content);
    }

    [Fact]
    public void Write_Resolved_Chinese()
    {
        var message = Write(Notices.Channel(language: MessageLanguage.Zh), Notices.Of(s_resolved, NotificationKind.Resolved));
        Assert.Equal("[恢复] File system full · prod-1 (严重)", message.Title);
        Assert.Equal(
            """
            - **级别**：严重
            - **规则**：File system full
            - **主机**：prod-1
            - **对象**：mount=/var, device=sda1
            - **条件**：host_disk_percent > 85 for 5m
            - **当前值**：80%
            - **阈值**：85%
            - **开始时间**：2026-03-01 08:00:00 UTC
            - **持续时间**：1小时 5分
            - **恢复原因**：条件不再满足
            - **说明**：Clean up /var
            - **告警编号**：0123456789abcdef0123456789abcdef
            """, message.Content);
    }

    [Fact]
    public void Write_Several_NamesWhatTheyShareOnce()
    {
        var other = Notices.Disk with { Id = "f".PadLeft(32, '0'), Agent = "prod-2", Labels = [], Value = 99 };
        var message = Write(Notices.Channel(), Notices.Of(Notices.Disk, NotificationKind.Repeated), Notices.Of(other, NotificationKind.Repeated));
        Assert.Equal("[Still firing] File system full · 2 alerts (critical)", message.Title);
        Assert.Equal(
            """
            - **Severity**: critical
            - **Rule**: File system full
            - **Condition**: host_disk_percent > 85 for 5m

            - **prod-1** · mount=/var, device=sda1 · 93.46% · Since 2026-03-01 08:00:00 UTC · Duration 1h 5m · 0123456789abcdef0123456789abcdef
            - **prod-2** · 99% · Since 2026-03-01 08:00:00 UTC · Duration 1h 5m · 0000000000000000000000000000000f
            """, message.Content);
    }

    [Fact]
    public void Write_NoAgentAndNothingComparedAtTheEnd_LeavesThemOut()
    {
        var alert = s_resolved with { Agent = "", Labels = [], ResolvedValue = null, Reason = ResolveReason.NoData };
        var message = Write(Notices.Channel(), Notices.Of(alert, NotificationKind.Resolved));
        Assert.Equal("[Resolved] File system full (critical)", message.Title);
        Assert.DoesNotContain("Agent", message.Content);
        Assert.DoesNotContain("Value", message.Content);
        Assert.Contains("- **Resolved because**: it is no longer measured", message.Content);
    }

    [Theory]
    [InlineData("host_memory_free_bytes", 1_610_612_736, "1.5 GiB")]
    [InlineData("memory_mb", 5000, "5000 MiB")]
    [InlineData("host_load1", 0.5, "0.5")]
    [InlineData("scrape_duration_seconds", 12.3, "12.3 s")]
    [InlineData("agent_status", 2, "offline")]
    [InlineData("host_network_received_bytes_total", 1024, "1024")]
    [InlineData("unknown", 0.001, "1E-3")]
    [InlineData("unknown", double.NaN, "NaN")]
    [InlineData("host_memory_free_bytes", double.PositiveInfinity, "Infinity PiB")]
    public void Write_ValueOfAMetric_HasItsUnitWhereItIsKnown(string metric, double value, string expected) =>
        Assert.Contains($"- **Value**: {expected}\n", Write(Notices.Channel(), Notices.Of(Notices.Disk with { Metric = metric, Value = value })).Content);

    [Fact]
    public void Write_OwnTemplates_FillsThemForEachAlert()
    {
        var channel = Notices.Channel() with { TitleTemplate = "{{state}}\n{{ rule }}", ContentTemplate = "**{{agent}}** {{value}} > {{threshold}} [more](https://wiki/{{rule_id}})" };
        var message = Write(channel, Notices.Of(Notices.Disk), Notices.Of(Notices.Disk with { Id = "x", Agent = "prod-2" }));
        Assert.Equal("Firing File system full (2 alerts)", message.Title);
        Assert.Equal("**prod-1** 93.46% > 85% [more](https://wiki/disk)\n\n**prod-2** 93.46% > 85% [more](https://wiki/disk)", message.Content);
    }

    [Fact]
    public void Write_TemplateBuiltByData_IsNotFilledAgain()
    {
        var channel = Notices.Channel() with { ContentTemplate = "{{subject}}" };
        Assert.Equal("a={{agent}}", Write(channel, Notices.Of(Notices.Disk with { Labels = [new Label("a", "{{agent}}")] })).Content);
    }

    [Fact]
    public void Write_MoreThanTheReceiverTakes_SaysHowManyMore()
    {
        var many = Enumerable.Range(0, 50).Select(i => Notices.Of(Notices.Disk with { Id = $"{i:00}".PadLeft(32, '0') })).ToArray();
        var message = Write(Notices.Channel(ChannelType.WeChatWork), many);
        var told = message.Content.Split('\n').Count(line => line.StartsWith("- **prod-1**", StringComparison.Ordinal));
        Assert.InRange(told, 20, 40);
        Assert.EndsWith($"\n… and {50 - told} more", message.Content);
        Assert.Equal(50, message.Notifications.Count);
    }

    [Fact]
    public void WriteTest_BothLanguages_SayThatItIsOne()
    {
        Assert.Equal("[Test] Outrider", MessageWriter.WriteTest(Notices.Channel(), s_at).Title);
        var chinese = MessageWriter.WriteTest(Notices.Channel(language: MessageLanguage.Zh), s_at);
        Assert.Equal(("[测试] Outrider", "这是渠道 ops 的测试消息，告警将发送到这里。"), (chinese.Title, chinese.Content));
    }

    [Theory]
    [InlineData("[click](http://evil)", "［click］(http:／／evil)")]
    [InlineData("@all", "＠all")]
    [InlineData("<@user> <!channel> </at> <at user_id=\"all\">", "＜＠user> ＜!channel> ＜/at> ＜at user_id=\"all\">")]
    [InlineData("x < 5 and y <= 6 <7", "x < 5 and y <= 6 <7")]
    [InlineData("a\r\n# b\u202Ec\u2028d\0", "a  # bc d")]
    [InlineData("`rm`**x**", "ˋrmˋ＊＊x＊＊")]
    [InlineData("host_cpu*", "host_cpu*")]
    public void Escape_WhatComesFromOutside_IsNoMarkup(string text, string expected) => Assert.Equal(expected, MarkdownText.Escape(text));

    [Fact]
    public void Escape_HalfACharacter_IsReplaced() => Assert.Equal("half \ufffd", MarkdownText.Escape($"half {(char)0xd83d}"));

    [Fact]
    public void Forms_OfMarkdown_KeepTheText()
    {
        const string markdown = "### [Firing] x\n\n- **Agent**: a & b < c\n[more](https://wiki/x)";
        Assert.Equal("[Firing] x\n\n- Agent: a & b < c\nmore (https://wiki/x)", MarkdownText.ToPlain(markdown));
        Assert.Equal("*[Firing] x*\n\n- *Agent*: a &amp; b &lt; c\n<https://wiki/x|more>", MarkdownText.ToSlack(markdown));
    }

    /// <summary>Whatever stands in alerts, templates and names: no text is longer than its receiver takes, and none is a link.</summary>
    [Fact]
    public void Write_AnyText_StaysWithinTheLimits()
    {
        var text = ArbMap.Default.GeneratorFor<string>().Select(text => text ?? "")
            .SelectMany(text => Gen.Elements(0, 1, 300).Select(times => string.Concat(Enumerable.Repeat(text + "[a](http://b)@all😀", times))));
        var cases =
            from type in Gen.Elements(Enum.GetValues<ChannelType>())
            from language in Gen.Elements(Enum.GetValues<MessageLanguage>())
            from kind in Gen.Elements(Enum.GetValues<NotificationKind>())
            from count in Gen.Choose(1, 50)
            from name in text
            from label in text
            from own in Gen.Elements(null, "", "{{summary}} {{subject}}", new string('ü', 3_000) + "{{id}}")
            select (type, language, kind, count, name, label, own);
        Prop.ForAll(cases.ToArbitrary(), one =>
        {
            var alert = s_resolved with { RuleName = one.name, Condition = one.label, Summary = one.name, Labels = [new Label("l", one.label)] };
            var channel = Notices.Channel(one.type, one.language) with { ContentTemplate = one.own, TitleTemplate = one.own };
            var notices = Enumerable.Range(0, one.count).Select(i => Notices.Of(alert with { Id = $"{i}" }, one.kind)).ToArray();
            var message = MessageWriter.Write(channel, notices, s_at);
            Assert.InRange(Encoding.UTF8.GetByteCount(MessageLimits.Markdown(message)), 1, MessageLimits.Of(one.type));
            Assert.InRange(Encoding.UTF8.GetByteCount(message.Title), 1, MessageLimits.Title);
            Assert.DoesNotContain("](http", message.Content);
            Assert.DoesNotContain("@all", message.Content);
            if (one.type is ChannelType.Slack)
                Assert.InRange(MarkdownText.ToSlack(MessageLimits.Markdown(message)).Length, 1, 40_000);
        }).QuickCheckThrowOnFailure();
    }

    private static Message Write(ChannelDefinition channel, params Notification[] notifications) => MessageWriter.Write(channel, notifications, s_at);
}
