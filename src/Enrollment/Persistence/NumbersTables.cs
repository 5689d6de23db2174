using Microsoft.EntityFrameworkCore;
using MoocPlatform.Enrollment.Domain;

namespace MoocPlatform.Enrollment.Persistence;

/// <summary>Tables of the numbers: kept results, which can be thrown away at any time and are made anew.</summary>
internal static class NumbersTables
{
    public static void MapNumbers(this ModelBuilder model)
    {
        var numbers = model.Entity<KeptNumbers>().ToTable("enrollment_numbers");
        numbers.HasKey(n => n.RunId);
        numbers.Property(n => n.RunId).ValueGeneratedNever();

        model.Entity<Finish>().ToTable("enrollment_finishes").HasKey(f => new { f.RunId, f.LearnerId, f.Steps });
    }
}
