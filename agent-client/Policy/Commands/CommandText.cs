using System.Text;
using Outrider.Protocol.Outcomes;

namespace Outrider.Agent.Policy.Commands;

/// <summary>
/// Reads a command as POSIX shells split words: blanks, quotes, backslashes. Nothing is expanded: whatever a shell would do more than that
/// is refused, so that a shell given the same text has the same words.
/// </summary>
internal sealed class CommandText
{
    /// <summary>Longest command, in UTF-16 code units.</summary>
    public const int MaxLength = 8192;

    private readonly string _text;
    private readonly bool _pipes;
    private readonly List<CommandStage> _stages = [];
    private readonly StringBuilder _word = new();
    private List<KeyValuePair<string, string>> _environment = [];
    private List<string> _words = [];
    private bool _inWord;
    private bool _quoted;
    private int _assignment = -1;

    private CommandText(string text, bool pipes)
    {
        _text = text;
        _pipes = pipes;
    }

    /// <summary>The command's stages; one if there are no pipes. <c>policy_refused</c> with a rule <c>syntax.…</c>.</summary>
    /// <param name="text">The command.</param>
    /// <param name="pipes">Whether <c>|</c> parts stages; else it is refused.</param>
    public static Outcome<List<CommandStage>> Parse(string text, bool pipes)
    {
        if (string.IsNullOrWhiteSpace(text))
            return PolicyRefusal.Because("syntax.blank", "The command is empty. Give a program and its arguments.");
        if (text.Length > MaxLength)
            return PolicyRefusal.Because("syntax.length", $"The command has {text.Length} characters; {MaxLength} are the most.");
        if (CommandCharacters.Fault(text) is { } fault)
            return fault;
        var reader = new CommandText(text, pipes);
        return reader.Read() is { } problem ? problem : reader._stages;
    }

    private Problem? Read()
    {
        for (var at = 0; at < _text.Length; at++)
        {
            var problem = _text[at] switch
            {
                ' ' or '\t' => EndWord(),
                '\'' => SingleQuoted(ref at),
                '"' => DoubleQuoted(ref at),
                '\\' => Escaped(ref at),
                '|' when _pipes => Pipe(at),
                '#' when !_inWord => Refuse(at, "it would begin a comment"),
                var other => Refusal(other, at) ?? Plain(other),
            };
            if (problem is not null)
                return problem;
        }
        return EndStage();
    }

    private Problem? Plain(char character)
    {
        if (character == '=' && _assignment < 0 && !_quoted && _words.Count == 0 && EnvironmentNames.IsName(_word.ToString()))
            _assignment = _word.Length;
        return Append(character);
    }

    private Problem? Append(char character)
    {
        _inWord = true;
        _word.Append(character);
        return null;
    }

    private Problem? SingleQuoted(ref int at)
    {
        var end = _text.IndexOf('\'', at + 1);
        if (end < 0)
            return Unended(at, '\'');
        _word.Append(_text, at + 1, end - at - 1);
        (_inWord, _quoted, at) = (true, true, end);
        return null;
    }

    private Problem? DoubleQuoted(ref int at)
    {
        var start = at;
        (_inWord, _quoted) = (true, true);
        while (++at < _text.Length)
        {
            switch (_text[at])
            {
                case '"':
                    return null;
                case '$' or '`':
                    return Refuse(at, "between double quotes it would be expanded; use single quotes, or a backslash before it");
                case '\\' when at + 1 < _text.Length && _text[at + 1] is '$' or '`' or '"' or '\\':
                    _word.Append(_text[++at]);
                    break;
                default:
                    _word.Append(_text[at]);
                    break;
            }
        }
        return Unended(start, '"');
    }

    private Problem? Escaped(ref int at)
    {
        if (at + 1 == _text.Length)
            return PolicyRefusal.Because("syntax.quote", "The command ends in a backslash. Remove it or double it.");
        _quoted = true;
        return Append(_text[++at]);
    }

    private Problem? Pipe(int at) => at + 1 < _text.Length && _text[at + 1] is '|' or '&' ? Operator(at) : EndStage();

    private Problem? EndWord()
    {
        if (!_inWord)
            return null;
        var word = _word.ToString();
        if (_words.Count == 0 && _assignment > 0)
            _environment.Add(new(word[.._assignment], word[(_assignment + 1)..]));
        else
            _words.Add(word);
        _word.Clear();
        (_inWord, _quoted, _assignment) = (false, false, -1);
        return null;
    }

    private Problem? EndStage()
    {
        EndWord();
        if (_words.Count == 0)
            return PolicyRefusal.Because("syntax.blank", "The command has no program: there is nothing before or after a pipe, or only variables.");
        _stages.Add(new CommandStage(_environment, _words));
        (_environment, _words) = ([], []);
        return null;
    }

    private Problem? Refusal(char character, int at) => character switch
    {
        ';' or '&' or '|' or '<' or '>' or '(' or ')' => Operator(at),
        '$' or '`' => Refuse(at, "a shell would expand it, and nothing is expanded here"),
        '*' or '?' or '[' or '{' or '}' or '~' => Refuse(at, "a shell would expand it to names, and nothing is expanded here"),
        _ => null,
    };

    private Problem Operator(int at) => PolicyRefusal.Because("syntax.operator",
        $"The command has {_text[at]} at {at}: it would chain commands or redirect. "
        + $"Send one command per task, or put quotes around {_text[at]} if it is meant as it stands.");

    private Problem Refuse(int at, string why) => PolicyRefusal.Because("syntax.expansion",
        $"The command has {_text[at]} at {at}: {why}. Put single quotes around it if it is meant as it stands, or give the arguments in params.args.");

    private static Problem Unended(int at, char quote) =>
        PolicyRefusal.Because("syntax.quote", $"The quote {quote} at {at} isn't closed.");
}
