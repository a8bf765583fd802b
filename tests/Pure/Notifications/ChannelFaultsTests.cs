using Outrider.Grains.Notifications;
using Outrider.Grains.Secrets;

namespace Outrider.Tests.Pure.Notifications;

public sealed class ChannelFaultsTests
{
    private static readonly ChannelDefinition s_webhook = Notices.Channel(ChannelType.Webhook);

    private static readonly MailServer s_mail = new() { Host = "mail.example.com", From = "outrider@example.com", To = ["ops@example.com"] };

    private static readonly ChannelDefinition s_email = new() { Name = "mail", Type = ChannelType.Email, Mail = s_mail };

    public static TheoryData<ChannelDefinition, string> Wrong => new()
    {
        { s_webhook with { Name = "a b" }, "name has" },
        { s_webhook with { Type = (ChannelType)99 }, "type" },
        { s_webhook with { Url = null }, "url must be" },
        { s_webhook with { Url = "ftp://example.com/" }, "url must be" },
        { s_webhook with { Url = "file:///etc/passwd" }, "url must be" },
        { s_webhook with { Url = "https://user:password@example.com/" }, "user and password" },
        { s_webhook with { Url = "https://example.com/#x" }, "fragment" },
        { s_webhook with { Url = "https://example.com/\r\nx" }, "line breaks" },
        { s_webhook with { Url = "https://example.com/" + new string('x', 2_000) }, "url must have 1 to 2000" },
        { s_webhook with { Url = "https://example.com/${secret:a b}" }, "'a b'" },
        { s_webhook with { Headers = new() { ["Host"] = "x" } }, "The header Host" },
        { s_webhook with { Headers = new() { ["content-length"] = "1" } }, "content-length" },
        { s_webhook with { Headers = new() { ["X:"] = "1" } }, "header's name" },
        { s_webhook with { Headers = new() { ["X-A"] = "1\r\nX-B: 2" } }, "no line break" },
        { s_webhook with { Headers = new() { ["X-A"] = "ü" } }, "printable ASCII" },
        { s_webhook with { Headers = Enumerable.Range(0, 21).ToDictionary(i => $"X-{i}", _ => "v") }, "20 headers; there are 21" },
        { s_webhook with { Secret = "x" }, "secret is for" },
        { s_webhook with { Mail = s_mail }, "mail is for" },
        { s_webhook with { TitleTemplate = "{{agnet}}" }, "title_template names {{agnet}}, which is no placeholder; there are {{rule}}, {{severity}}" },
        { s_webhook with { ContentTemplate = new string('x', 4_001) }, "content_template may have 4000" },
        { Notices.Channel(ChannelType.Slack) with { Headers = new() { ["X"] = "y" } }, "headers are for" },
        { s_webhook with { Headers = null! }, "headers must be" },
        { s_webhook with { Headers = new() { ["X"] = null! } }, "The header X" },
        { s_email with { Mail = s_mail with { To = null! } }, "it has 0" },
        { s_email with { Mail = null }, "mail is missing" },
        { s_email with { Url = "https://example.com" }, "url is not for" },
        { s_email with { Mail = s_mail with { Host = "" } }, "mail.host" },
        { s_email with { Mail = s_mail with { Host = "a b" } }, "mail.host" },
        { s_email with { Mail = s_mail with { Port = 0 } }, "mail.port" },
        { s_email with { Mail = s_mail with { User = "u" } }, "mail.user and mail.password" },
        { s_email with { Mail = s_mail with { User = "u", Password = "p", Security = MailSecurity.None } }, "could be read on the way" },
        { s_email with { Mail = s_mail with { From = "nobody" } }, "mail.from" },
        { s_email with { Mail = s_mail with { To = [] } }, "1 to 50 addresses; it has 0" },
        { s_email with { Mail = s_mail with { To = [.. Enumerable.Range(0, 51).Select(i => $"a{i}@example.com")] } }, "it has 51" },
        { s_email with { Mail = s_mail with { To = ["a@example.com\r\nBcc: b@example.com"] } }, "is no mail address" },
        { s_email with { Mail = s_mail with { To = ["a@example.com, b@example.com"] } }, "is no mail address" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Of_WrongField_SaysWhichAndWhatToWrite(ChannelDefinition channel, string says) => Assert.Contains(says, ChannelFaults.Of(channel)?.Message);

    [Fact]
    public void Of_GoodChannels_IsNull()
    {
        Assert.Null(ChannelFaults.Of(s_webhook with
        {
            Url = "http://10.0.0.1:8080/x?key=${secret:key}", Headers = new() { ["Authorization"] = "Bearer ${secret:token}" },
            TitleTemplate = "{{state}} {{rule}}", ContentTemplate = "{{ summary }} {{id}}",
        }));
        Assert.Null(ChannelFaults.Of(s_webhook with { Url = "${secret:whole-url}" }));
        Assert.Null(ChannelFaults.Of(Notices.Channel() with { Secret = "${secret:sign}" }));
        Assert.Null(ChannelFaults.Of(s_email with { Mail = s_mail with { User = "u", Password = "${secret:mail}" } }));
    }

    [Fact]
    public void Names_OfAChannel_AreAllOfItsSecretsOnce()
    {
        var channel = s_webhook with
        {
            Url = "https://x/${secret:a}?${secret:b}", Secret = "${secret:a}", Headers = new() { ["X"] = "${secret:c}" },
            Mail = s_mail with { Password = "${secret:d}" }, ContentTemplate = "${secret:never}",
        };
        Assert.Equal(["a", "b", "d", "c"], SecretReferences.Names(channel));
    }

    [Fact]
    public void Fill_ValueThatLooksLikeAReference_IsNotFilledAgain()
    {
        var secrets = new Dictionary<string, string> { ["a"] = "${secret:b}", ["b"] = "x" };
        Assert.Equal("${secret:b}/x/${secret:c}", SecretReferences.Fill("${secret:a}/${secret:b}/${secret:c}", secrets));
    }
}
