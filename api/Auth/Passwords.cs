using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Outrider.Protocol.Outcomes;

namespace Outrider.Api.Auth;

/// <summary>
/// Makes and compares hashes of passwords (PBKDF2, HMAC-SHA-512, by ASP.NET Core Identity). Each costs a core a tenth of a second, so at
/// most as many as there are cores run at once, and those who would have to wait too long are turned away.
/// </summary>
public sealed class Passwords : IDisposable
{
    /// <summary>What OWASP asks for of this algorithm; hashes of fewer are made anew at the next sign-in.</summary>
    private const int Iterations = 210_000;

    private const int MaxWaiting = 32;

    private readonly PasswordHasher<object> _hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = Iterations }));
    private readonly SemaphoreSlim _places = new(Environment.ProcessorCount);
    private readonly Lazy<string> _nobodys;
    private int _waiting;

    public Passwords() => _nobodys = new Lazy<string>(() => _hasher.HashPassword(this, Guid.NewGuid().ToString()));

    public void Dispose() => _places.Dispose();

    /// <summary>The hash to keep; <c>unavailable</c> when too many wait.</summary>
    public Task<Outcome<string>> HashAsync(string password) => RunAsync(() => _hasher.HashPassword(this, password));

    /// <summary>Whether the password is the hash's; <c>unavailable</c> when too many wait.</summary>
    /// <param name="hash">Null: nobody's, which takes as long and is never right.</param>
    public Task<Outcome<PasswordVerificationResult>> CompareAsync(string? hash, string password) => RunAsync(() =>
        _hasher.VerifyHashedPassword(this, hash ?? _nobodys.Value, password) is var result && hash is null ? PasswordVerificationResult.Failed : result);

    private async Task<Outcome<T>> RunAsync<T>(Func<T> work)
    {
        if (Interlocked.Increment(ref _waiting) > MaxWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            return new Problem(ProblemCodes.Unavailable, "Many people sign in just now. Try again in a moment.") { RetryAfterSeconds = 2 };
        }
        try
        {
            await _places.WaitAsync();
            try
            {
                return await Task.Run(work);
            }
            finally
            {
                _places.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }
}
