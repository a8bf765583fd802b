using System.Diagnostics.CodeAnalysis;

namespace Outrider.Silo.Embedded.Calls;

/// <summary>One call of a method of a grain or an observer, from its caller's side and from its target's.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A token source without a timer holds nothing to dispose of.")]
internal sealed class Call<TArguments, TResult> : Turn
{
    private readonly CallTarget _target;
    private readonly CallMethod<TArguments, TResult> _method;
    private readonly TaskCompletionSource<TResult> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource? _cancellation;
    private readonly CancellationTokenRegistration _caller;
    private TArguments _arguments;
    private TResult? _result;
    private Exception? _failure;

    public Call(CallTarget target, CallMethod<TArguments, TResult> method, TArguments arguments, CancellationToken caller)
    {
        _target = target;
        _method = method;
        _arguments = arguments;
        Deadline = target.Host.Now + target.Host.CallSweeps(method.Deadline);
        if (method.TakesCancellation)
        {
            _cancellation = new CancellationTokenSource();
            _caller = caller.UnsafeRegister(static (call, token) => ((Call<TArguments, TResult>)call!).Cancel(token), this);
        }
    }

    public Task<TResult> Answered => _answer.Task;

    internal override bool IsOver => _answer.Task.IsCompleted;

    internal override Task RunAsync(object grain)
    {
        ValueTask<TResult> running;
        try
        {
            running = _method.Invoke(grain, ref _arguments, _cancellation?.Token ?? default);
        }
        catch (Exception e)
        {
            _failure = e;
            return Task.CompletedTask;
        }
        if (!running.IsCompletedSuccessfully)
            return AwaitAsync(running);
        _result = running.Result;
        return Task.CompletedTask;
    }

    internal override void Answer()
    {
        _caller.Unregister();
        if (_failure is null)
            _answer.TrySetResult(_result!);
        else
            _answer.TrySetException(_failure);
    }

    internal override void Fail(Exception reason)
    {
        _caller.Unregister();
        _answer.TrySetException(reason);
    }

    internal override void OnDeadline()
    {
        if (IsOver)
            return;
        Fail(new TimeoutException(
            $"{_target.Name}.{_method.Name} did not answer within {(_method.Deadline ?? _target.Host.Options.CallDeadline).TotalSeconds:0.###} s. "
            + "It is busy, waits for something, or is called by what it waits for."));
        _cancellation?.CancelAsync();
    }

    private async Task AwaitAsync(ValueTask<TResult> running)
    {
        try
        {
            _result = await running;
        }
        catch (Exception e)
        {
            _failure = e;
        }
    }

    private void Cancel(CancellationToken token)
    {
        _answer.TrySetCanceled(token);
        _cancellation?.CancelAsync();
    }
}
