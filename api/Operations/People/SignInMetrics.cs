using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using Outrider.Api.Auth;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Operations.People;

/// <summary>Counts sign-ins.</summary>
public sealed class SignInMetrics
{
    private readonly Counter<long> _signIns;

    [SuppressMessage("Reliability", "CA2000", Justification = "The factory owns its meters.")]
    public SignInMetrics(IMeterFactory meters) => _signIns = meters.Create(RequestLimits.MeterName).CreateCounter<long>(
        "outrider.auth.sign_ins", "{attempt}", "Attempts of users to sign in, by method (password, invitation, oauth) and outcome (ok or the problem's code).");

    public void Count(string method, Problem? problem) => _signIns.Add(
        1, new KeyValuePair<string, object?>("method", method), new KeyValuePair<string, object?>("outcome", problem?.Code ?? "ok"));
}
