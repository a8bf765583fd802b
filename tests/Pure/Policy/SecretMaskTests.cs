using System.Text;
using System.Text.Json;
using Outrider.Agent.Audit;
using Outrider.Agent.Executors.Files;
using Outrider.Agent.Executors.Processes;
using Outrider.Agent.Secrets;
using Outrider.Protocol.Outcomes;
using Outrider.Protocol.Tasks;

namespace Outrider.Tests.Pure.Policy;

public sealed class SecretMaskTests
{
    [Theory]
    [InlineData("mysql -u root -phunter2 db", "mysql -u root '-p***' db")]
    [InlineData("env mysql -phunter2", "env mysql '-p***'")]
    [InlineData("tool --password hunter2 --x", "tool --password '***' --x")]
    [InlineData("tool --password=hunter2", "tool '--password=***'")]
    [InlineData("tool --api-token 'hunter2'", "tool --api-token '***'")]
    [InlineData("curl -u me:hunter2 http://x", "curl -u '***' http://x")]
    [InlineData("curl http://me:hunter2@x/y", "curl 'http://me:***@x/y'")]
    [InlineData("curl -H 'Authorization: Bearer hunter2' x", "curl -H 'Authorization: ***' x")]
    [InlineData("PGPASSWORD=hunter2 psql", "PGPASSWORD='***' psql")]
    [InlineData("a | tool --secret hunter2", "a | tool --secret '***'")]
    [InlineData("tool --password hunter2; id", "tool --password ***")]
    [InlineData("ls -p x", "ls -p x")]
    [InlineData("ls  -l   'a b'", "ls  -l   'a b'")]
    public void Command_Secret_IsMaskedAndTheRestStays(string text, string shown) => Assert.StartsWith(shown, AuditMask.Command(text));

    [Theory]
    [InlineData("""{"target":{"password":"hunter2","user":"u"}}""", """{"target":{"password":"***","user":"u"}}""")]
    [InlineData("""{"headers":{"Authorization":"Bearer hunter2","X-Api-Key":"hunter2"}}""", """{"headers":{"Authorization":"***","X-Api-Key":"***"}}""")]
    [InlineData("""{"args":["mysql","--password","hunter2","x"]}""", """{"args":["mysql","--password","***","x"]}""")]
    [InlineData("""{"url":"https://u:hunter2@x/"}""", """{"url":"https://u:***@x/"}""")]
    [InlineData("""{"password":"${secret:DB}","text":"a ${secret:DB} b"}""", """{"password":"${secret:DB}","text":"a ${secret:DB} b"}""")]
    [InlineData("""{"body":"password=hunter2&x=${secret:DB}"}""", """{"body":"password=***\u0026x=${secret:DB}"}""")]
    [InlineData("""{"password":123456,"port":3306}""", """{"password":"***","port":3306}""")]
    [InlineData("""{"a":[1,true,null],"b":"c"}""", """{"a":[1,true,null],"b":"c"}""")]
    public void Params_Secret_IsMaskedAndReferencesStay(string given, string shown) =>
        Assert.Equal(shown, AuditMask.Params(JsonDocument.Parse(given).RootElement)!.Value.GetRawText());

    [Theory]
    [InlineData("${secret:A}", "<A>")]
    [InlineData("x${secret:A}y${secret:B_1}", "x<A>y<B_1>")]
    [InlineData("${secret:}", "${secret:}")]
    [InlineData("${secret:A", "${secret:A")]
    [InlineData("${secret:A B}${secret:C}", "${secret:A B}<C>")]
    [InlineData("${secret:${secret:A}}", "${secret:<A>}")]
    [InlineData("$secret:A {secret:A}", "$secret:A {secret:A}")]
    public void Replace_References_GivesTheirValues(string text, string filled) => Assert.Equal(filled, SecretReferences.Replace(text, name => $"<{name}>"));

    [Fact]
    public void Mask_Problem_HidesValuesAlsoAsTheyStandInAddresses()
    {
        var filled = new FilledTask(new TaskCreate { TaskId = "t", Type = "api" }, ["p/q+r", "p/q+r2"]);

        var masked = filled.Mask(new Problem("x", "no p/q+r2, p/q+r, p%2Fq%2Br") { Details = new() { ["a"] = "=p/q+r" } })!;

        Assert.Equal("no ***, ***, ***", masked.Message);
        Assert.Equal("=***", masked.Details!["a"]);
        Assert.DoesNotContain("p/q", filled.ToString());
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(65_536, 0)]
    [InlineData(65_537, 1)]
    [InlineData(1_000_000, 1_000_000 - 65_536)]
    public void Excerpt_LongOutput_KeepsBothEndsAndSaysWhatIsCut(int length, int cut)
    {
        var bytes = Enumerable.Range(0, length).Select(at => (byte)('a' + (at / 7 % 26))).ToArray();
        foreach (var piece in (int[])[1, 1000, 32 * 1024, 70_000])
        {
            var excerpt = new OutputExcerpt();
            foreach (var chunk in bytes.Chunk(piece))
                excerpt.Add(chunk);
            var text = excerpt.Text();
            var whole = Encoding.ASCII.GetString(bytes);
            Assert.Equal(cut == 0 ? whole : $"{whole[..32_768]}\n[… {cut} bytes cut …]\n{whole[^32_768..]}", text);
        }
    }

    [Fact]
    public void Excerpt_BytesThatJsonMakesLonger_StillFitsAResult()
    {
        var excerpt = new OutputExcerpt();
        excerpt.Add(new byte[100_000]);

        var json = JsonSerializer.SerializeToUtf8Bytes(excerpt.Text());

        Assert.InRange(json.Length, 1000, TaskLimits.ResultBytes);
    }

    [Theory]
    [InlineData("a/b.txt", "a|b.txt")]
    [InlineData("./a/./b", "a|b")]
    [InlineData("a/", "a")]
    [InlineData("中文/x", "中文|x")]
    public void ArchiveName_Plain_GivesItsParts(string name, string parts) => Assert.Equal(parts, string.Join('|', ArchiveName.Parts(name)!));

    [Theory]
    [InlineData("../x")]
    [InlineData("a/../../x")]
    [InlineData("a/..")]
    [InlineData("/etc/passwd")]
    [InlineData("a//b")]
    [InlineData("..\\x")]
    [InlineData("C:\\x")]
    [InlineData("a\0b")]
    [InlineData("a\nb")]
    [InlineData("")]
    public void ArchiveName_ThatLeadsOut_IsNone(string name) => Assert.Null(ArchiveName.Parts(name));
}
