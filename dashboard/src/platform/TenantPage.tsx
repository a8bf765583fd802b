export default function TenantPage() {
  return null;
}
