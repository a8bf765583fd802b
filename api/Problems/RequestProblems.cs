using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Problems;

/// <summary>Says in our words what ASP.NET Core and System.Text.Json find wrong with a request: theirs name types of ours.</summary>
public static partial class RequestProblems
{
    public static Problem From(BadHttpRequestException exception) => exception.StatusCode switch
    {
        StatusCodes.Status413PayloadTooLarge => new(ProblemCodes.PayloadTooLarge,
            "The body is larger than this centre takes (1 MiB unless its operator set another limit). Send less at once."),
        StatusCodes.Status415UnsupportedMediaType => UnsupportedMediaType,
        StatusCodes.Status408RequestTimeout => new(ProblemCodes.TimedOut, "The request came too slowly. Send it again."),
        _ when exception.InnerException is JsonException json => From(json),
        _ => new(ProblemCodes.InvalidArgument, Parameter().Match(exception.Message) is { Success: true } match
            ? $"The parameter '{JsonNamingPolicy.SnakeCaseLower.ConvertName(match.Groups[1].Value)}' is missing or can't be read as its type."
            : "The request can't be read: a body is needed, as JSON."),
    };

    /// <summary>Where the JSON is wrong, and how, as far as the reader says.</summary>
    public static Problem From(JsonException exception)
    {
        var message = exception.Message;
        var where = $"at {exception.Path ?? "$"}, line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}";
        var what = Unmapped().Match(message) is { Success: true } unmapped ? $"'{unmapped.Groups[1].Value}' is not known here; take it out"
            : Missing().Match(message) is { Success: true } missing ? $"the body lacks {missing.Groups[1].Value}"
            : message.StartsWith("The JSON value could not be converted", StringComparison.Ordinal) ? $"a value of another type is expected {where}"
            : $"this is no well-formed JSON {where}";
        var details = new Dictionary<string, string> { ["path"] = exception.Path ?? "$" };
        if (exception.LineNumber is { } line && exception.BytePositionInLine is { } position)
        {
            details["line"] = $"{line + 1}";
            details["position"] = $"{position + 1}";
        }
        return new(ProblemCodes.InvalidArgument, $"The body can't be read: {what}.") { Details = details };
    }

    public static Problem UnsupportedMediaType { get; } =
        new(ProblemCodes.UnsupportedMediaType, "The body must be JSON, and say so: Content-Type: application/json.");

    [GeneratedRegex("""parameter "[^" ]+ ([A-Za-z_]+)""")]
    private static partial Regex Parameter();

    [GeneratedRegex("The JSON property '([^']*)' could not be mapped")]
    private static partial Regex Unmapped();

    [GeneratedRegex(@"missing required properties including: (.+?)\.?$")]
    private static partial Regex Missing();
}
