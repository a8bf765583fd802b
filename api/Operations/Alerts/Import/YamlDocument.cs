using Outrider.Protocol.Outcomes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Outrider.Api.Operations.Alerts.Import;

/// <summary>
/// Reads one YAML document event by event: nothing of it is bigger than its text, for aliases, by which a few lines unfold to gigabytes, are
/// refused.
/// </summary>
internal sealed class YamlDocument
{
    private const int MaxDepth = 16;
    private const int MaxNodes = 100_000;

    private readonly IParser _events;
    private int _nodes;

    private YamlDocument(IParser events) => _events = events;

    /// <summary><c>invalid_argument</c> says what can't be read, and where.</summary>
    public static Outcome<YamlNode> Read(string text)
    {
        try
        {
            var document = new YamlDocument(new Parser(new StringReader(text)));
            document._events.Consume<StreamStart>();
            document._events.Consume<DocumentStart>();
            var root = document.Read(0);
            document._events.Consume<DocumentEnd>();
            return document._events.Current is StreamEnd ? root : throw Refused("there is more than one document", document._events.Current!);
        }
        catch (YamlException e)
        {
            return new Problem(ProblemCodes.InvalidArgument, $"The YAML can't be read at line {e.Start.Line}: {Short(e.Message)}.");
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // The library's scanner, on some texts that are no YAML.
            return new Problem(ProblemCodes.InvalidArgument, "The YAML can't be read.");
        }
    }

    private YamlNode Read(int depth)
    {
        if (depth > MaxDepth || ++_nodes > MaxNodes)
            throw Refused($"it has more than {MaxDepth} levels or {MaxNodes} parts", _events.Current!);
        if (_events.Accept<AnchorAlias>(out var alias))
            throw Refused("aliases are not taken; write out what they stand for", alias);
        if (_events.TryConsume<Scalar>(out var scalar))
            return new YamlNode.Text(scalar.Value, scalar.Start.Line);
        if (_events.TryConsume<SequenceStart>(out var sequence))
        {
            var items = new List<YamlNode>();
            while (!_events.TryConsume<SequenceEnd>(out _))
                items.Add(Read(depth + 1));
            return new YamlNode.List(items, sequence.Start.Line);
        }
        var mapping = _events.Consume<MappingStart>();
        var members = new Dictionary<string, YamlNode>(StringComparer.Ordinal);
        while (!_events.TryConsume<MappingEnd>(out _))
        {
            if (Read(depth + 1) is not YamlNode.Text key)
                throw Refused("a key must be a word", mapping);
            if (!members.TryAdd(key.Value, Read(depth + 1)))
                throw Refused($"'{key.Value}' is there twice", mapping);
        }
        return new YamlNode.Map(members, mapping.Start.Line);
    }

    private static YamlException Refused(string what, ParsingEvent at) => new(at.Start, at.End, what);

    private static string Short(string text) => text.Length <= 200 ? text.TrimEnd('.') : text[..200] + "…";
}
