using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace MoocPlatform;

/// <summary>Properties are tried on values drawn from a seed: the same in every run, or from <c>MOOC_TEST_SEED</c> to look further.</summary>
internal static class Properties
{
    private static readonly ulong Seed = ulong.Parse(Environment.GetEnvironmentVariable("MOOC_TEST_SEED") is { Length: > 0 } set ? set : "20261122", CultureInfo.InvariantCulture);

    /// <summary>Throws with the smallest values found for which the property does not hold.</summary>
    /// <param name="times">How many values are tried.</param>
    /// <param name="size">Size of the last of them, as FsCheck means it.</param>
    public static void Hold(Property property, int times = 100, int size = 100) =>
        property.Check(Config.QuickThrowOnFailure.WithMaxTest(times).WithEndSize(size).WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(Seed, 1), FSharpOption<int>.None))));
}
