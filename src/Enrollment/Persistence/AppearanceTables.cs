using Microsoft.EntityFrameworkCore;
using MoocPlatform.Enrollment.Domain;

namespace MoocPlatform.Enrollment.Persistence;

/// <summary>By learner first: what a page asks for, what is taken away and what is erased are one look at the key.</summary>
internal static class AppearanceTables
{
    public static void MapAppearances(this ModelBuilder model)
    {
        var appearance = model.Entity<Appearance>().ToTable("enrollment_appearances");
        appearance.HasKey(a => new { a.LearnerId, a.CourseId });
        appearance.Property(a => a.Pseudonym).HasMaxLength(Appearance.Longest);
        appearance.Property(a => a.PseudonymKey).HasMaxLength(NameKey.Longest);
        appearance.HasIndex(a => new { a.CourseId, a.PseudonymKey }).IsUnique().HasDatabaseName("ux_enrollment_appearances_pseudonym");

        var consent = model.Entity<Consent>().ToTable("enrollment_consents");
        consent.HasKey(c => new { c.LearnerId, c.CourseId, c.Number });
    }
}
