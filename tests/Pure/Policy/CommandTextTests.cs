using FsCheck;
using FsCheck.Fluent;
using Outrider.Agent.Policy.Commands;

namespace Outrider.Tests.Pure.Policy;

public sealed class CommandTextTests
{
    [Theory]
    [InlineData("uptime", "uptime")]
    [InlineData("  ls\t-l   /tmp ", "ls|-l|/tmp")]
    [InlineData("echo 'a b' \"c d\" e\\ f", "echo|a b|c d|e f")]
    [InlineData("r\\m -r\"f\" ''", "rm|-rf|")]
    [InlineData("\"rm\" -rf /", "rm|-rf|/")]
    [InlineData("r'm' x", "rm|x")]
    [InlineData("echo '$HOME' '`id`' '*;&|<>()'", "echo|$HOME|`id`|*;&|<>()")]
    [InlineData("echo \"a\\\"b\\\\c\\$d\\x\"", "echo|a\"b\\c$d\\x")]
    [InlineData("echo \\; \\$x \\* \\#", "echo|;|$x|*|#")]
    [InlineData("echo a#b c=d 50% x^y", "echo|a#b|c=d|50%|x^y")]
    [InlineData("echo '中文' é", "echo|中文|é")]
    public void Parse_PlainCommand_GivesItsWords(string text, string words) =>
        Assert.Equal(words, string.Join('|', Assert.Single(CommandText.Parse(text, pipes: false).Value!).Words));

    [Theory]
    [InlineData("", "syntax.blank")]
    [InlineData(" \t ", "syntax.blank")]
    [InlineData("A=b", "syntax.blank")]
    [InlineData("ls; id", "syntax.operator")]
    [InlineData("ls && id", "syntax.operator")]
    [InlineData("ls || id", "syntax.operator")]
    [InlineData("ls | id", "syntax.operator")]
    [InlineData("ls & id", "syntax.operator")]
    [InlineData("ls &", "syntax.operator")]
    [InlineData("ls > /etc/passwd", "syntax.operator")]
    [InlineData("ls>>x", "syntax.operator")]
    [InlineData("cat < x", "syntax.operator")]
    [InlineData("cat <(id)", "syntax.operator")]
    [InlineData("(id)", "syntax.operator")]
    [InlineData(":(){ :|:& };:", "syntax.operator")]
    [InlineData("echo $(id)", "syntax.expansion")]
    [InlineData("echo `id`", "syntax.expansion")]
    [InlineData("echo \"$(id)\"", "syntax.expansion")]
    [InlineData("echo \"`id`\"", "syntax.expansion")]
    [InlineData("echo $HOME ${IFS}", "syntax.expansion")]
    [InlineData("echo $'\\x41'", "syntax.expansion")]
    [InlineData("rm -rf /*", "syntax.expansion")]
    [InlineData("cat ~/.ssh/id_rsa", "syntax.expansion")]
    [InlineData("ls [a-z]", "syntax.expansion")]
    [InlineData("ls a?", "syntax.expansion")]
    [InlineData("echo {a,b}", "syntax.expansion")]
    [InlineData("ls # id", "syntax.expansion")]
    [InlineData("ls 'x", "syntax.quote")]
    [InlineData("ls \"x", "syntax.quote")]
    [InlineData("ls \\", "syntax.quote")]
    [InlineData("ls\nid", "syntax.control")]
    [InlineData("ls 'a\nb'", "syntax.control")]
    [InlineData("ls\rid", "syntax.control")]
    [InlineData("ls\0id", "syntax.control")]
    [InlineData("ls \u001b[2J", "syntax.control")]
    [InlineData("ls \u0085id", "syntax.control")]
    [InlineData("ls \u202Etxt", "syntax.invisible")]
    [InlineData("ls\u200B -l", "syntax.invisible")]
    [InlineData("ls\u00A0-l", "syntax.invisible")]
    [InlineData("ls\u2028id", "syntax.invisible")]
    [InlineData("ls \uFEFFx", "syntax.invisible")]
    [InlineData("ls \u3164", "syntax.invisible")]
    [InlineData("ls \U000E0041", "syntax.invisible")]
    public void Parse_MoreThanWords_IsRefusedByItsRule(string text, string rule)
    {
        var read = CommandText.Parse(text, pipes: false);

        Assert.Equal("policy_refused", read.Problem?.Code);
        Assert.Equal(rule, read.Problem!.Details!["rule"]);
    }

    [Fact]
    public void Parse_HalfASurrogate_IsRefused() => Assert.Equal("syntax.invisible", CommandText.Parse("ls \ud800x", false).Problem!.Details!["rule"]);

    [Fact]
    public void Parse_TooLong_IsRefused()
    {
        Assert.True(CommandText.Parse(new string('a', CommandText.MaxLength), false).Ok);
        Assert.Equal("syntax.length", CommandText.Parse(new string('a', CommandText.MaxLength + 1), false).Problem!.Details!["rule"]);
    }

    [Theory]
    [InlineData("ps aux | grep x | wc -l", "ps,aux|grep,x|wc,-l")]
    [InlineData("a '|' b", "a,|,b")]
    [InlineData("a|b", "a|b")]
    public void Parse_Pipes_PartsStages(string text, string stages) =>
        Assert.Equal(stages, string.Join('|', CommandText.Parse(text, pipes: true).Value!.Select(stage => string.Join(',', stage.Words))));

    [Theory]
    [InlineData("a || b", "syntax.operator")]
    [InlineData("a |& b", "syntax.operator")]
    [InlineData("a | ", "syntax.blank")]
    [InlineData("| a", "syntax.blank")]
    [InlineData("a | | b", "syntax.blank")]
    [InlineData("a | b; c", "syntax.operator")]
    [InlineData("a | b > c", "syntax.operator")]
    public void Parse_PipesAndMore_IsRefused(string text, string rule) => Assert.Equal(rule, CommandText.Parse(text, pipes: true).Problem!.Details!["rule"]);

    [Theory]
    [InlineData("A=1 B='x y' ls", "A=1,B=x y", "ls")]
    [InlineData("A= ls", "A=", "ls")]
    [InlineData("'A'=1 ls", "", "A=1|ls")]
    [InlineData("A\\=1 ls", "", "A=1|ls")]
    [InlineData("1A=1 ls", "", "1A=1|ls")]
    [InlineData("ls A=1", "", "ls|A=1")]
    public void Parse_LeadingAssignments_AreVariablesAsShellsHaveThem(string text, string variables, string words)
    {
        var stage = Assert.Single(CommandText.Parse(text, pipes: false).Value!);

        Assert.Equal(variables, string.Join(',', stage.Environment.Select(variable => $"{variable.Key}={variable.Value}")));
        Assert.Equal(words, string.Join('|', stage.Words));
    }

    [Fact]
    public void Quote_AnyWords_AreReadBackAsTheyWere() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(2000),
        Prop.ForAll(ArbMap.Default.ArbFor<NonEmptyArray<string>>(), array =>
        {
            var words = array.Get.Select(word => word ?? "").ToList();
            // What can't be in a command at all is refused, and that is another test's.
            if (words.Any(word => CommandCharacters.Fault(word) is not null) || words.All(string.IsNullOrWhiteSpace))
                return true;
            return CommandText.Parse(CommandQuoting.Quote(words), pipes: true).Value!.Single().Words.SequenceEqual(words);
        }));

    [Fact]
    public void Parse_AnyText_IsReadTheSameOnceQuotedAgain() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(5000),
        Prop.ForAll(Gen.Elements("abAB=/-_ \t'\"\\|#%,.".ToCharArray()).ArrayOf().ToArbitrary(), characters =>
        {
            var read = CommandText.Parse(new string(characters), pipes: true);
            if (!read.Ok)
                return true;
            var again = CommandText.Parse(string.Join(" | ", read.Value.Select(CommandQuoting.Quote)), pipes: true);
            return again.Ok && again.Value.Count == read.Value.Count && again.Value.Zip(read.Value).All(pair =>
                pair.First.Words.SequenceEqual(pair.Second.Words) && pair.First.Environment.SequenceEqual(pair.Second.Environment));
        }));
}
