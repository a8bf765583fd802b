using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Outrider.Grains.Metrics.PromQl;
using Outrider.Protocol.Metrics;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Prometheus;

/// <summary>The parameters of a request, of its form before those of its address.</summary>
internal sealed class PrometheusParameters
{
    public const string Match = "match[]";

    private static readonly string[] s_rfc3339 = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz"];

    private readonly IQueryCollection _query;
    private readonly IFormCollection? _form;

    private PrometheusParameters(IQueryCollection query, IFormCollection? form) => (_query, _form) = (query, form);

    /// <summary>The value of a parameter; null: it isn't there.</summary>
    public string? this[string name] => All(name) is [{ } first, ..] ? first : null;

    /// <exception cref="BadHttpRequestException">The form can't be read.</exception>
    public static async ValueTask<PrometheusParameters> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        try
        {
            return new(request.Query, request.HasFormContentType ? await request.ReadFormAsync(cancellation) : null);
        }
        catch (InvalidDataException e)
        {
            throw new BadHttpRequestException("The form can't be read.", e);
        }
    }

    /// <summary>All values of a parameter.</summary>
    public IReadOnlyList<string> All(string name) =>
        [.. ((_form?[name] ?? StringValues.Empty).ToArray()).Concat(_query[name].ToArray()).OfType<string>()];

    /// <summary>The step of an instant query.</summary>
    public Outcome<QuerySteps> Once(long now)
    {
        var time = Time("time", now);
        return time.Ok ? QuerySteps.Once(time.Value) : time.Problem;
    }

    /// <summary>The steps of a range query; <c>invalid_argument</c>: they can't be read, or are too many.</summary>
    public Outcome<QuerySteps> Range()
    {
        var (start, end, step) = (Time("start", null), Time("end", null), Duration("step", null));
        if ((start.Problem ?? end.Problem ?? step.Problem) is { } problem)
            return problem;
        if (end.Value < start.Value)
            return Invalid("end must not be before start");
        if (step.Value < 1)
            return Invalid("step must be at least a millisecond");
        var count = (end.Value - start.Value) / step.Value + 1;
        return count - 1 > QueryLimits.Steps
            ? Invalid($"A series would have {count} points; at most {QueryLimits.Steps} are allowed. Use a larger step")
            : new QuerySteps(start.Value, step.Value, (int)count);
    }

    public Outcome<TimeSpan> Timeout(TimeSpan otherwise)
    {
        var timeout = Duration("timeout", (long)otherwise.TotalMilliseconds);
        return timeout.Ok ? TimeSpan.FromMilliseconds(Math.Max(0, timeout.Value)) : timeout.Problem;
    }

    /// <summary>Null if start and end can be read, where given.</summary>
    public Problem? CheckTimes() => Time("start", 0).Problem ?? Time("end", 0).Problem;

    /// <summary>Milliseconds since 1970-01-01 UTC, of seconds or RFC 3339.</summary>
    private Outcome<long> Time(string name, long? otherwise)
    {
        if (this[name] is not { Length: > 0 } text)
            return otherwise is { } value ? value : Invalid($"{name} is missing");
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
            && Math.Abs(seconds) <= MetricLimits.LastTime / 1000)
        {
            return (long)Math.Round(seconds * 1000, MidpointRounding.AwayFromZero);
        }
        return DateTimeOffset.TryParseExact(text, s_rfc3339, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time.ToUnixTimeMilliseconds()
            : Invalid($"{name} must be in seconds since 1970 or as in 2026-01-31T12:00:00Z; '{text}' is neither");
    }

    /// <summary>Milliseconds, of seconds or 1h30m.</summary>
    private Outcome<long> Duration(string name, long? otherwise)
    {
        if (this[name] is not { Length: > 0 } text)
            return otherwise is { } value ? value : Invalid($"{name} is missing");
        // Whole nanoseconds first, as Prometheus does.
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
            && Math.Abs(seconds) <= TimeSpan.MaxValue.TotalSeconds / 1000)
        {
            return (long)(seconds * 1e9) / 1_000_000;
        }
        return Durations.TryParse(text, out var milliseconds) && milliseconds <= MetricLimits.LastTime
            ? milliseconds
            : Invalid($"{name} must be in seconds or as in 1h30m; '{text}' is neither");
    }

    private static Problem Invalid(string what) => new(ProblemCodes.InvalidArgument, $"{what}.");
}
