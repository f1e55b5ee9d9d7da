# Writes a plan that is too much for a mail to standard output, and a standup of it to the file `standup`.

function title(n) {
  return words[n % many] " " n ": " words[(n + 1) % many] ", " words[(n + 3) % many] ", and " words[(n + 5) % many]
}

BEGIN {
  many = split("Move the R&D ledger <and its table> to the new store|Say \"no\" to `a && b` in x < y > z|港の防波堤を設計し直して検査する" \
    "|Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnungsentwurf|Ship 🚢 and ⚓ before 31 Mar" \
    "|Hold p95 < 300ms at 99.95% of 1,250 requests/s|Schließe Tür & Tor", words, "|")
  words[0] = words[many]
  print "# Harbour & Sons: " title(1) " " title(2) "\n\n## Phase 1: " title(3) " (Week 1-8)\n\n### Week 1: " title(4) "\n"
  for (n = 1; n <= 160; n++) {
    print "- [" (n <= 40 ? "x" : " ") "] **H1-" n ":** " title(n)
    print "  - *Owner: " words[n % many] " Team | Duration: 1d*\n"
  }
  print "**Risks:**\n"
  print "| Risk | Likelihood | Impact | Mitigation |\n|-|-|-|-|"
  for (n = 1; n <= 20; n++) print "| " title(n) " | High | High | " title(n + 1) " |"

  print "## Week 1 Standup\n\n### Completed This Week" > standup
  for (n = 1; n <= 40; n++) print "- [✅] H1-" n ": " title(n + 2) > standup
  print "\n### In Progress" > standup
  for (n = 41; n <= 60; n++) print "- [⏳] H1-" n ": " title(n + 2) " (40% complete)" > standup
  print "\n### Blocked/At Risk" > standup
  for (n = 61; n <= 90; n++) print "- [🚧] H1-" n ": " title(n + 2) " (Blocker: " title(n + 4) ")" > standup
  print "\n### Next Week Focus" > standup
  for (n = 91; n <= 120; n++) print "- H1-" n ": " title(n + 2) > standup
  for (n = 1; n <= 12; n++) print "- Decide whether " title(n) > standup
  print "\n### Risks/Concerns" > standup
  for (n = 1; n <= 20; n++) print "- " title(n) > standup
}
