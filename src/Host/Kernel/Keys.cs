namespace MoocPlatform.Kernel;

/// <summary>Keys made by the application, in the order of time (UUID version 7, RFC 9562).</summary>
public static class Keys
{
    /// <summary>A new key for something that comes to be now.</summary>
    public static Guid NewKey(this TimeProvider clock) => Guid.CreateVersion7(clock.GetUtcNow());
}
