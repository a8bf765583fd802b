using System.Text.Json;
using System.Text.Json.Nodes;
using Outrider.Protocol.Outcomes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Outrider.Agent.Executors.Kubernetes;

/// <summary>
/// Reads YAML documents, or one in JSON, event by event: nothing of them is bigger than its text, for aliases, by which a few lines unfold to
/// gigabytes, are refused; so are keys that are there twice.
/// </summary>
internal sealed class YamlDocuments
{
    private const int MaxDepth = 100;
    private const int MaxNodes = 100_000;

    private static readonly JsonDocumentOptions s_json = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    private readonly IParser _events;
    private int _nodes;

    private YamlDocuments(IParser events) => _events = events;

    /// <summary>The documents that aren't empty. <c>invalid_argument</c> says what can't be read, and where; never a value.</summary>
    public static Outcome<List<JsonNode>> Read(string text)
    {
        if (text.AsSpan().TrimStart() is ['{' or '[', ..] && TryReadJson(text) is { } json)
            return new List<JsonNode> { json };
        try
        {
            var documents = new YamlDocuments(new Parser(new StringReader(text)));
            documents._events.Consume<StreamStart>();
            var read = new List<JsonNode>();
            while (documents._events.TryConsume<DocumentStart>(out _))
            {
                if (documents.Read(0) is { } document)
                    read.Add(document);
                documents._events.Consume<DocumentEnd>();
            }
            return read;
        }
        catch (YamlException e)
        {
            return new Problem(ProblemCodes.InvalidArgument, $"The YAML can't be read at line {e.Start.Line}: {Short(e.Message)}.");
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or FormatException)
        {
            // The library's scanner, on some texts that are no YAML.
            return new Problem(ProblemCodes.InvalidArgument, "The YAML can't be read.");
        }
    }

    private JsonNode? Read(int depth)
    {
        if (depth > MaxDepth || ++_nodes > MaxNodes)
            throw Refused($"it has more than {MaxDepth} levels or {MaxNodes} parts", _events.Current!);
        if (_events.Accept<AnchorAlias>(out var alias))
            throw Refused("aliases are not taken; write out what they stand for", alias);
        if (_events.TryConsume<Scalar>(out var scalar))
            return YamlScalar.Read(scalar, out var fault) is var value && fault is null ? value : throw Refused(fault!, scalar);
        return _events.TryConsume<SequenceStart>(out _) ? ReadList(depth) : ReadMap(depth);
    }

    private JsonArray ReadList(int depth)
    {
        var items = new JsonArray();
        while (!_events.TryConsume<SequenceEnd>(out _))
            items.Add(Read(depth + 1));
        return items;
    }

    private JsonObject ReadMap(int depth)
    {
        _events.Consume<MappingStart>();
        var members = new JsonObject();
        while (!_events.TryConsume<MappingEnd>(out _))
        {
            if (!_events.TryConsume<Scalar>(out var key))
                throw Refused("a key must be a word, and aliases are not taken", _events.Current!);
            if (key.Value == "<<" && key.Style is ScalarStyle.Plain)
                throw Refused("merge keys are not taken; write out what they stand for", key);
            if (members.ContainsKey(key.Value))
                throw Refused($"the key '{Short(key.Value)}' is there twice", key);
            members.Add(key.Value, Read(depth + 1));
        }
        return members;
    }

    /// <summary>Null: it is no JSON; as YAML, it may be one all the same.</summary>
    private static JsonNode? TryReadJson(string text)
    {
        try
        {
            return JsonNode.Parse(text, null, s_json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static YamlException Refused(string what, ParsingEvent at) => new(at.Start, at.End, what);

    private static string Short(string text) => text.Length <= 200 ? text.TrimEnd('.') : text[..200] + "…";
}
